/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A connection that one request after the other goes over; for one thread at a time. */
final class Connection implements Closeable {
  /** A head and a body up to this length are written at once: a packet and a call less. */
  private static final int JOINED = 64 << 10;

  private final Socket plain;
  private final Socket socket;
  private final ByteInput in;
  private final OutputStream out;
  private final AnswerReader answers;
  private byte[] joined = new byte[16 << 10];
  private long idleSince;

  /**
   * @param plain the connected socket
   * @param socket the same, or what encrypts it
   */
  Connection(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    this.in = new ByteInput(socket.getInputStream());
    this.out = socket.getOutputStream();
    this.answers = new AnswerReader(in);
  }

  /** Sends a request, and reads the answer to its end. */
  Answer exchange(byte[] head, byte[] body, int size) throws IOException {
    int total = head.length + size;
    if (total > JOINED) {
      out.write(head);
      out.write(body, 0, size);
    } else {
      if (joined.length < total) {
        joined = new byte[Math.min(JOINED, 2 * total)];
      }
      System.arraycopy(head, 0, joined, 0, head.length);
      System.arraycopy(body, 0, joined, head.length, size);
      out.write(joined, 0, total);
    }
    out.flush();
    return answers.read();
  }

  /** Records that it waits for another request from this time on. */
  void idleSince(long nanos) {
    idleSince = nanos;
  }

  /** Returns for how long it has waited for another request. */
  long idleFor(long nanos) {
    return nanos - idleSince;
  }

  /** Returns how long the last answer allows it to wait for another request. */
  long keptNanos() {
    return answers.keptNanos();
  }

  /** Whether the peer has closed it, or sent what nobody asked for; takes a millisecond if not. */
  boolean isStale() {
    try {
      int timeout = socket.getSoTimeout();
      socket.setSoTimeout(1);
      try {
        in.stream().read();
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } finally {
        socket.setSoTimeout(timeout);
      }
    } catch (IOException e) {
      return true;
    }
  }

  /** Closes it at once, from any thread: what waits for it fails with a {@link SocketException}. */
  @Override
  public void close() {
    try {
      // To end TLS in good order may wait for another thread, or for the peer.
      plain.close();
    } catch (IOException e) {
      // It is of no use any more in any case.
    }
  }
}
