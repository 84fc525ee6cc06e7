/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import io.sluice.localaws.dynamodb.service.Pages;
import java.net.InetAddress;
import java.util.Objects;

/**
 * Says where and how a server listens.
 *
 * @param port 0 for any that is free
 * @param threads how many requests are answered at the same time, at least 1
 * @param pages answers requests to paths of its own, before DynamoDB does
 */
public record HttpSettings(InetAddress address, int port, int threads, Pages pages) {

  public HttpSettings {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(pages, "pages");
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port is " + port + ", must be 0 to 65535");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
    }
  }

  /** Listens on the loopback address, and has no pages. */
  public static HttpSettings local(int port, int threads) {
    return new HttpSettings(InetAddress.getLoopbackAddress(), port, threads, Pages.NONE);
  }

  /** Listens on another address. */
  public HttpSettings on(InetAddress newAddress) {
    return new HttpSettings(newAddress, port, threads, pages);
  }

  /** Has {@code newPages} answer requests to paths of their own. */
  public HttpSettings with(Pages newPages) {
    return new HttpSettings(address, port, threads, newPages);
  }
}
