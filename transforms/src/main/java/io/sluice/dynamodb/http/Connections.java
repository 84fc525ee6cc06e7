/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The connections to one server, which are kept for the next request. Safe for several threads. */
public final class Connections implements Closeable {
  /** A connection that waited longer is checked before it is used. */
  private static final long TRUSTED_FOR = TimeUnit.SECONDS.toNanos(1);

  private final Server server;
  private final Limits limits;
  private final LongSupplier nanos;
  private final Semaphore permits;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  /** Uses a connection for a request, which may be aborted. */
  interface User {
    /**
     * Records what is to be closed to abort the request.
     *
     * @throws SocketException when it was aborted before
     */
    void uses(Closeable resource) throws SocketException;
  }

  /**
   * Where to connect to.
   *
   * @param host a name or an address
   * @param tls encrypts the connections, whose certificate must be for the host; null for plain
   *     HTTP
   */
  public record Server(String host, int port, @Nullable SSLSocketFactory tls) {}

  /**
   * How many connections there are, and for how long.
   *
   * @param most the most connections at a time
   * @param connect the longest time to connect to an address
   * @param silence the longest time without a byte of an answer, or without a free connection
   * @param idle the longest time that a connection is kept without a request
   */
  public record Limits(int most, Duration connect, Duration silence, Duration idle) {}

  /**
   * @param nanos the time, as of {@link System#nanoTime}
   */
  public Connections(Server server, Limits limits, LongSupplier nanos) {
    this.server = server;
    this.limits = limits;
    this.nanos = nanos;
    this.permits = new Semaphore(limits.most());
  }

  /** Takes a connection that was kept, or makes one, which the user may abort. */
  Connection take(User user) throws IOException {
    acquire();
    try {
      for (Connection kept = poll(); kept != null; kept = poll()) {
        long idleFor = kept.idleFor(nanos.getAsLong());
        if (isFresh(kept, idleFor) && (idleFor < TRUSTED_FOR || !kept.isStale())) {
          return kept;
        }
        kept.close();
      }
      return connect(user);
    } catch (Throwable e) {
      permits.release();
      throw e;
    }
  }

  private void acquire() throws IOException {
    try {
      if (!permits.tryAcquire()
          && !permits.tryAcquire(limits.silence().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SocketTimeoutException("all connections are in use");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a connection", e);
    }
  }

  private boolean isFresh(Connection kept, long idleFor) {
    return idleFor < Math.min(kept.keptNanos(), limits.idle().toNanos());
  }

  private @Nullable Connection poll() throws IOException {
    synchronized (idle) {
      if (closed) {
        throw new IOException("the client is closed");
      }
      // The newest one, so that those which are not needed grow old.
      return idle.pollFirst();
    }
  }

  private Connection connect(User user) throws IOException {
    IOException failure = null;
    for (InetAddress address : InetAddress.getAllByName(server.host())) {
      Socket plain = new Socket();
      try {
        user.uses(plain);
        plain.setTcpNoDelay(true);
        plain.setSoTimeout((int) limits.silence().toMillis());
        plain.connect(
            new InetSocketAddress(address, server.port()), (int) limits.connect().toMillis());
        return new Connection(plain, server.tls() == null ? plain : encrypt(plain));
      } catch (IOException e) {
        plain.close();
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      } catch (RuntimeException e) {
        plain.close();
        throw e;
      }
    }
    throw failure == null ? new IOException("the host has no address") : failure;
  }

  private SSLSocket encrypt(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) server.tls().createSocket(plain, server.host(), server.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Keeps a connection for the next request, if its last answer allows that. */
  void giveBack(Connection connection) {
    if (connection.keptNanos() == 0) {
      connection.close();
    } else {
      connection.idleSince(nanos.getAsLong());
      synchronized (idle) {
        if (closed) {
          connection.close();
        } else {
          idle.addFirst(connection);
        }
      }
    }
    permits.release();
  }

  /** Closes a connection on which a request failed. */
  void discard(Connection connection) {
    connection.close();
    permits.release();
  }

  /** Closes connections that have waited too long for a request. */
  public void closeIdle() {
    long now = nanos.getAsLong();
    List<Connection> old = new ArrayList<>();
    synchronized (idle) {
      for (Iterator<Connection> each = idle.iterator(); each.hasNext(); ) {
        Connection connection = each.next();
        if (!isFresh(connection, connection.idleFor(now))) {
          each.remove();
          old.add(connection);
        }
      }
    }
    old.forEach(Connection::close);
  }

  /** Closes the connections without a request; the others are closed when their requests end. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Connection::close);
      idle.clear();
    }
  }
}
