/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Runs DynamoDB Local in an HTTP server of ours. Its own server would listen on every interface,
 * print a banner on standard output, refuse port 0 and send telemetry.
 */
final class DynamoDbServer {

  // Held here because java.util.logging forgets a level together with the logger it was set on.
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private final Server server;
  private final LocalDynamoDBServerHandler dynamodb;

  private DynamoDbServer(Server server, LocalDynamoDBServerHandler dynamodb) {
    this.server = server;
    this.dynamodb = dynamodb;
  }

  /** Starts the server; it has answered a request when this returns. */
  static DynamoDbServer start(Options options) throws Exception {
    SQLITE.setLevel(Level.SEVERE);
    String folder = options.inMemory() ? null : options.folder("dynamodb").toString();
    // One database for all: tables must not depend on a client's choice of region or access key.
    boolean sharedDb = true;
    boolean delayTransientStatuses = false;
    LocalDynamoDBServerHandler dynamodb =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(
                0, options.inMemory(), folder, sharedDb, delayTransientStatuses),
            null);
    Server server =
        new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.dynamodbPort()));
    server.setHandler(dynamodb);
    try {
      server.start();
    } catch (IOException e) {
      throw StartException.cannotListen("DynamoDB", options.dynamodbPort(), "--dynamodbPort", e);
    }
    DynamoDbServer started = new DynamoDbServer(server, dynamodb);
    started.listTables();
    return started;
  }

  URI endpoint() {
    return URI.create("http://localhost:" + server.getURI().getPort());
  }

  /** Makes DynamoDB Local load SQLite and open its file now, rather than at the first request. */
  private void listTables() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) endpoint().toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
    connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810.ListTables");
    // It reads the access key and the region, and does not check the signature.
    connection.setRequestProperty(
        "Authorization",
        String.format(
            "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/dynamodb/aws4_request, SignedHeaders=host,"
                + " Signature=0",
            LocalAws.ACCESS_KEY, LocalAws.REGION));
    try (OutputStream body = connection.getOutputStream()) {
      body.write("{}".getBytes(UTF_8));
    }
    if (connection.getResponseCode() != 200) {
      throw new IOException("DynamoDB answers " + connection.getResponseCode());
    }
  }

  void stop() throws Exception {
    server.stop();
    dynamodb.close();
  }
}
