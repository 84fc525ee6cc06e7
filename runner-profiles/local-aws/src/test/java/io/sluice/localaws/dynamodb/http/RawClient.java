/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends what no library would send, over one connection, and reads what comes back. */
final class RawClient implements AutoCloseable {

  /** Is the head of a request for ListTables, without the end of it and without a length. */
  static final String HEAD =
      "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
          + "Content-Type: application/x-amz-json-1.0\r\nAuthorization: AWS4-HMAC-SHA256 "
          + "Credential=id/20260101/eu-west-1/dynamodb/aws4_request\r\n";

  private final Socket socket;

  RawClient(DynamoDbHttpServer server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    // Fails a test that would wait for ever.
    socket.setSoTimeout(60_000);
  }

  /** Sends text as it is. */
  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends a request with a body. */
  RawClient request(String body) throws IOException {
    return send(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  /** Reads up to the end of {@code text}, which must come. */
  String readTo(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the connection was closed after: " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  /** Reads until the server closes the connection. */
  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
