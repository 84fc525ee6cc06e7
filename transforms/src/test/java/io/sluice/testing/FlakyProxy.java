/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes bytes on to a server, and can be told to hang up, or to hold a request. It lists the
 * requests that it saw, as method and path with query.
 */
public final class FlakyProxy implements AutoCloseable {
  private static final Pattern REQUEST =
      Pattern.compile("(GET|HEAD|PUT|POST|DELETE) (\\S+) HTTP/1.1\r\n");

  private final ServerSocket server;
  private final URI target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final Map<String, Integer> refuseAt = new ConcurrentHashMap<>();
  private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
  private final List<Held> held = new CopyOnWriteArrayList<>();
  private final Map<Pattern, Consumer<Matcher>> before = new ConcurrentHashMap<>();

  /** A request that is kept from the server. */
  public static final class Held {
    private final Pattern pattern;
    private final AtomicInteger before;
    private final AtomicInteger client = new AtomicInteger();
    private final CountDownLatch dropped = new CountDownLatch(1);

    private Held(Pattern pattern, int before) {
      this.pattern = pattern;
      this.before = new AtomicInteger(before);
    }

    /** Whether the request has come. */
    public boolean isThere() {
      return client.get() != 0;
    }

    /** The port from which the request came, on this machine; 0 before it has come. */
    public int client() {
      return client.get();
    }

    /** Hangs up, so the server never hears of the request. */
    public void drop() {
      dropped.countDown();
    }

    private boolean takes(String request, int port) {
      return pattern.matcher(request).find()
          && before.getAndDecrement() == 0
          && client.compareAndSet(0, port);
    }

    private void awaitDrop() {
      try {
        dropped.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Listens on a free port of this machine. */
  public FlakyProxy(URI target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public URI endpoint() {
    return URI.create("http://localhost:" + server.getLocalPort());
  }

  /** Cuts all connections, and hangs up on so many new ones. */
  public void refuse(int connections) {
    refusals.set(connections);
    open.forEach(FlakyProxy::hangUp);
  }

  /**
   * Does the same when it first sees a request that contains this text, as {@code PUT /bucket/key}:
   * which then is not answered.
   */
  public void refuseAt(String request, int connections) {
    refuseAt.put(request, connections);
  }

  /** The requests of {@link #refuseAt} that were not seen. */
  public Set<String> refusalsUnseen() {
    return Set.copyOf(refuseAt.keySet());
  }

  /** How many connections are still to be refused. */
  public int refusalsLeft() {
    return refusals.get();
  }

  /**
   * Holds a request in whose first line or headers this is found: it and what follows on its
   * connection are not passed on. Others are.
   *
   * @param before how many such requests come before it, which are passed on
   */
  public Held hold(Pattern pattern, int before) {
    Held request = new Held(pattern, before);
    held.add(request);
    return request;
  }

  /**
   * Does something before it passes on each request in whose first line or headers this is found.
   */
  public void before(Pattern pattern, Consumer<Matcher> action) {
    before.put(pattern, action);
  }

  /** Cuts one connection once so many more bytes were passed back to clients. */
  public void cutAfter(long bytes) {
    cutAfter.set(bytes);
  }

  /** The requests since the last call. */
  public List<String> takeRequests() {
    List<String> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          hangUp(client);
          continue;
        }
        Socket there = new Socket(target.getHost(), target.getPort());
        open.add(client);
        open.add(there);
        start(() -> pass(client, there, true));
        start(() -> pass(there, client, false));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to, boolean request) {
    byte[] buffer = new byte[8 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (request) {
          String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
          Matcher matcher = REQUEST.matcher(text);
          while (matcher.find()) {
            saw(matcher.group(1) + " " + matcher.group(2));
          }
          if (isHeld(text, from.getPort())) {
            return;
          }
          before.forEach(
              (pattern, action) -> {
                Matcher found = pattern.matcher(text);
                if (found.find()) {
                  action.accept(found);
                }
              });
        } else {
          long left = cutAfter.get();
          if (left < n) {
            cutAfter.set(Long.MAX_VALUE);
            out.write(buffer, 0, (int) left);
            return;
          }
          cutAfter.set(left == Long.MAX_VALUE ? left : left - n);
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side hung up, so the other side is.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Whether this was held; returns when it is dropped. */
  private boolean isHeld(String request, int client) {
    for (Held one : held) {
      if (one.takes(request, client)) {
        one.awaitDrop();
        return true;
      }
    }
    return false;
  }

  private void saw(String request) {
    requests.add(request);
    for (String at : refuseAt.keySet()) {
      Integer connections = request.contains(at) ? refuseAt.remove(at) : null;
      if (connections != null) {
        refuse(connections);
      }
    }
  }

  private static void hangUp(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "flaky-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(FlakyProxy::hangUp);
    held.forEach(Held::drop);
  }
}
