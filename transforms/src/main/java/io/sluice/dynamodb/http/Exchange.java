/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One request and its answer. */
public final class Exchange implements Connections.User {
  private final Connections connections;
  private @Nullable Closeable used;
  private boolean aborted;

  /** Prepares to send a request over one of these connections. */
  public Exchange(Connections connections) {
    this.connections = connections;
  }

  /**
   * Sends the request, and waits for the whole answer.
   *
   * @param head the request line and the headers, with the empty line at the end
   * @param size how many bytes of {@code body} are the body
   * @throws IOException when there is no answer: whether the request was done is unknown
   */
  public Answer send(byte[] head, byte[] body, int size) throws IOException {
    Connection connection = connections.take(this);
    boolean answered = false;
    try {
      uses(connection);
      Answer answer = connection.exchange(head, body, size);
      answered = true;
      return answer;
    } finally {
      // From here on the connection may be another request's.
      if (end() && answered) {
        connections.giveBack(connection);
      } else {
        connections.discard(connection);
      }
    }
  }

  @Override
  public synchronized void uses(Closeable resource) throws SocketException {
    if (aborted) {
      throw new SocketException("the request was aborted");
    }
    used = resource;
  }

  /** Ends the use of the connection, and returns whether it may be kept. */
  private synchronized boolean end() {
    used = null;
    return !aborted;
  }

  /** Aborts the request, from any thread: {@link #send} fails soon. */
  public synchronized void abort() {
    aborted = true;
    if (used != null) {
      try {
        used.close();
      } catch (IOException e) {
        // It is of no use any more in any case.
      }
    }
  }
}
