/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import io.sluice.localaws.dynamodb.service.Pages;
import io.sluice.localaws.dynamodb.service.Traffic;
import io.sluice.localaws.dynamodb.signature.SignatureCheck;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Says where and how a server listens.
 *
 * @param port 0 for any that is free
 * @param threads how many requests are answered at the same time, at least 1
 * @param pages answers requests to paths of its own, before DynamoDB does
 * @param signatures checks requests; if it is empty, any signature will do
 * @param traffic learns of connections, and of requests to DynamoDB
 * @param clock gives the time of answers; if it is empty, the clock of this machine
 */
public record HttpSettings(
    InetAddress address,
    int port,
    int threads,
    Pages pages,
    Optional<SignatureCheck> signatures,
    Traffic traffic,
    Optional<InstantSource> clock) {

  public HttpSettings {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(pages, "pages");
    Objects.requireNonNull(signatures, "signatures");
    Objects.requireNonNull(traffic, "traffic");
    Objects.requireNonNull(clock, "clock");
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port is " + port + ", must be 0 to 65535");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
    }
  }

  /** Listens on the loopback address, has no pages and takes any signature. */
  public static HttpSettings local(int port, int threads) {
    return new HttpSettings(
        InetAddress.getLoopbackAddress(),
        port,
        threads,
        Pages.NONE,
        Optional.empty(),
        Traffic.NONE,
        Optional.empty());
  }

  /** Listens on another address. */
  public HttpSettings on(InetAddress newAddress) {
    return new HttpSettings(newAddress, port, threads, pages, signatures, traffic, clock);
  }

  /** Has {@code newPages} answer requests to paths of their own. */
  public HttpSettings with(Pages newPages) {
    return new HttpSettings(address, port, threads, newPages, signatures, traffic, clock);
  }

  /** Has {@code check} refuse requests that are not signed as they should be. */
  public HttpSettings with(SignatureCheck check) {
    return new HttpSettings(address, port, threads, pages, Optional.of(check), traffic, clock);
  }

  /** Has {@code newTraffic} learn of connections and requests. */
  public HttpSettings with(Traffic newTraffic) {
    return new HttpSettings(address, port, threads, pages, signatures, newTraffic, clock);
  }

  /** Has answers bear the time of {@code newClock}. */
  public HttpSettings with(InstantSource newClock) {
    return new HttpSettings(
        address, port, threads, pages, signatures, traffic, Optional.of(newClock));
  }
}
