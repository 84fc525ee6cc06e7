/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** An S3 server (s3proxy) that knows one access key and checks every signature against it. */
final class S3Server {

  private final String host;
  private final S3Proxy server;
  private final Buckets buckets;

  private S3Server(String host, S3Proxy server, Buckets buckets) {
    this.host = host;
    this.server = server;
    this.buckets = buckets;
  }

  /** Starts the server; when this returns it has answered a request and has the buckets. */
  static S3Server start(Options options) throws Exception {
    BlobStore store = options.inMemory() ? new TransientNio2BlobStore() : onDisk(options);
    for (String bucket : options.buckets()) {
      if (!store.containerExists(bucket)) {
        store.createContainer(bucket);
      }
    }
    S3Proxy server =
        S3Proxy.builder()
            .endpoint(URI.create("http://" + options.literal() + ":" + options.s3Port()))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, options.s3Key().id(), options.s3Key().secret())
            // The token of a session is one to it, and who expects which owner of a bucket.
            .ignoreUnknownHeaders(true)
            .blobStore(store)
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw StartException.cannotListen("S3", options.s3Port(), "--s3Port", e);
    }
    S3Server started = new S3Server(options.host(), server, new BlobStoreBuckets(store));
    refuseStranger(started.endpoint());
    return started;
  }

  private static BlobStore onDisk(Options options) {
    return new UnencryptedBlobStore(new FilesystemNio2BlobStore(options.folder("s3").toString()));
  }

  URI endpoint() {
    return URI.create("http://" + host + ":" + server.getPort());
  }

  /** Gives what it serves, for others in this program. */
  Buckets buckets() {
    return buckets;
  }

  /** Sees to it that the server at {@code endpoint} answers, and wants credentials. */
  static void refuseStranger(URI endpoint) {
    int status;
    try {
      // It is on this machine, whatever proxy there is to reach others.
      URLConnection connection = endpoint.toURL().openConnection(Proxy.NO_PROXY);
      status = ((HttpURLConnection) connection).getResponseCode();
    } catch (IOException e) {
      throw StartException.failed("S3 does not answer at " + endpoint + " (" + e + ")", e);
    }
    if (status != HttpURLConnection.HTTP_FORBIDDEN) {
      throw StartException.failed(
          "S3 answers a request without credentials with HTTP " + status, null);
    }
  }

  void stop() throws Exception {
    server.stop();
  }

  /**
   * Accepts the headers of server-side encryption, as the in-memory store does by itself, and
   * encrypts nothing. Beam sends one with every multipart upload, whether asked to or not; the bare
   * store answers 501.
   */
  private static final class UnencryptedBlobStore extends ForwardingBlobStore {

    UnencryptedBlobStore(BlobStore delegate) {
      super(delegate);
    }

    @Override
    public boolean supportsServerSideEncryption() {
      return true;
    }
  }
}
