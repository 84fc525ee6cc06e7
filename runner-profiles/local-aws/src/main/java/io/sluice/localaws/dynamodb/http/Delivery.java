/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import io.sluice.localaws.dynamodb.service.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Brings the answer to a client, or does to it what the {@link Outcome} says instead. */
final class Delivery {

  /** Limits the parts of an answer that comes bit by bit. */
  private static final int MAX_PARTS = 100;

  /** Formats times as RFC 9110 has them; that of Java has days of one digit. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Optional<InstantSource> clock;
  private final AtomicBoolean ended = new AtomicBoolean();
  private Runnable end = () -> {};

  Delivery(Request request, Response response, Callback callback, Optional<InstantSource> clock) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.clock = clock;
  }

  /** Has {@code newEnd} run once, just before the client can know that this is over. */
  void endsWith(Runnable newEnd) {
    end = newEnd;
    Request.addCompletionListener(request, failure -> end());
  }

  private void end() {
    if (!ended.getAndSet(true)) {
      end.run();
    }
  }

  /**
   * Sends an answer, once its delay is over; no thread waits for that.
   *
   * @param type of the content, none for text that is not JSON
   */
  void send(Outcome outcome, Optional<String> type) {
    if (outcome.delay().isZero()) {
      deliver(outcome, type);
    } else {
      after(outcome.delay(), () -> deliver(outcome, type));
    }
  }

  private void deliver(Outcome outcome, Optional<String> type) {
    byte[] body = outcome.reply().body();
    if (outcome.delivery() != Outcome.Delivery.HANG
        && outcome.delivery() != Outcome.Delivery.TRICKLE) {
      end();
    }
    switch (outcome.delivery()) {
      case WHOLE -> {
        head(outcome, type, checksum(body));
        response.write(true, ByteBuffer.wrap(body), callback);
      }
      case WRONG_CHECKSUM -> {
        head(outcome, type, checksum(body) ^ 1);
        response.write(true, ByteBuffer.wrap(body), callback);
      }
      case CUT -> {
        head(outcome, type, checksum(body));
        response.write(
            false, ByteBuffer.wrap(body, 0, body.length / 2), Callback.from(this::disconnect));
      }
      case TRICKLE -> {
        head(outcome, type, checksum(body));
        trickle(ByteBuffer.wrap(body), outcome.span());
      }
      case DROP -> disconnect();
      case HANG -> {
        neverTimeOut();
        awaitEnd();
      }
    }
  }

  private void head(Outcome outcome, Optional<String> type, long checksum) {
    response.setStatus(outcome.reply().status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("x-amzn-RequestId", RequestIds.next());
    // Otherwise the server has put the date there.
    clock.ifPresent(other -> headers.put(HttpHeader.DATE, DATE.format(other.instant())));
    headers.put("x-amz-crc32", Long.toString(checksum));
    if (type.isPresent()) {
      headers.put(HttpHeader.CONTENT_TYPE, type.get());
    }
    headers.put(HttpHeader.CONTENT_LENGTH, outcome.reply().body().length);
  }

  private static long checksum(byte[] body) {
    CRC32 checksum = new CRC32();
    checksum.update(body);
    return checksum.getValue();
  }

  /** Sends parts of equal size, at equal distances in time. */
  private void trickle(ByteBuffer body, Duration span) {
    int size = Math.max(1, (body.remaining() + MAX_PARTS - 1) / MAX_PARTS);
    int parts = Math.max(1, (body.remaining() + size - 1) / size);
    trickle(body, size, span.dividedBy(parts));
  }

  private void trickle(ByteBuffer body, int size, Duration pause) {
    int end = Math.min(body.limit(), body.position() + size);
    ByteBuffer part = body.slice(body.position(), end - body.position());
    body.position(end);
    if (body.hasRemaining()) {
      Runnable next = () -> after(pause, () -> trickle(body, size, pause));
      response.write(false, part, Callback.from(next, callback::failed));
    } else {
      end();
      response.write(true, part, callback);
    }
  }

  /** Notices when the client closes the connection, which has nothing else to say. */
  private void awaitEnd() {
    request
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .tryFillInterested(Callback.from(this::disconnect, failure -> disconnect()));
  }

  private void disconnect() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(new EofException("this answer is not to arrive"));
  }

  private void after(Duration delay, Runnable task) {
    neverTimeOut();
    request.getComponents().getScheduler().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void neverTimeOut() {
    request.addIdleTimeoutListener(timeout -> false);
  }
}
