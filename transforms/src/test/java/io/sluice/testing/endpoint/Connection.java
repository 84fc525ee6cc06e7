/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One connection, whose requests come one after the other. Answers are written as bytes, without an
 * encoder, because that is what the endpoint spends least on.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] OK = head(200);

  private final Service service;
  private final Admin admin;
  private byte[] body = new byte[16 * 1024];
  private int length;
  private String path = "";
  private @Nullable String target;
  private boolean keepAlive;
  private boolean underWay;
  private long requests;

  Connection(Service service, Admin admin) {
    this.service = service;
    this.admin = admin;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    service.bookkeeper().connected();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    service.bookkeeper().disconnected();
    ended();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpRequest request) {
        begin(ctx, request);
      }
      if (message instanceof HttpContent content) {
        append(content.content());
      }
      if (message instanceof LastHttpContent) {
        end(ctx);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    length = 0;
    path = request.uri();
    target = request.headers().get("X-Amz-Target");
    keepAlive = HttpUtil.isKeepAlive(request);
    if (!isAdmin()) {
      underWay = true;
      service.bookkeeper().began();
    }
    if (request.headers().contains(HttpHeaderNames.EXPECT)) {
      var unused = ctx.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE), ctx.voidPromise());
    }
  }

  private boolean isAdmin() {
    return path.startsWith("/__");
  }

  private void append(ByteBuf content) {
    int more = content.readableBytes();
    if (length + more > body.length) {
      body = Arrays.copyOf(body, Math.max(length + more, body.length * 2));
    }
    content.readBytes(body, length, more);
    length += more;
  }

  private void end(ChannelHandlerContext ctx) {
    if (isAdmin()) {
      deliver(ctx, admin.answer(path, body, length));
      return;
    }
    Answer answer = service.answer(target, body, length);
    long latency = service.settings().latencyMillis();
    if (latency == 0) {
      deliver(ctx, answer);
    } else {
      var unused =
          ctx.executor().schedule(() -> deliver(ctx, answer), latency, TimeUnit.MILLISECONDS);
    }
  }

  private void deliver(ChannelHandlerContext ctx, Answer answer) {
    switch (answer.delivery()) {
      case NEVER -> {}
      case RESET -> {
        // Without lingering, a close is a reset.
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = ctx.close();
      }
      case WHOLE -> {
        // Before the client can know: it may ask for the books at once.
        ended();
        write(ctx, encode(ctx, answer));
      }
      case TRICKLE -> {
        ByteBuf bytes = encode(ctx, answer);
        trickle(ctx, bytes, service.settings().trickleMillis() * 1000 / bytes.readableBytes());
      }
    }
  }

  private void write(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (keepAlive) {
      var unused = ctx.writeAndFlush(bytes, ctx.voidPromise());
    } else {
      var unused = ctx.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void trickle(ChannelHandlerContext ctx, ByteBuf bytes, long pauseMicros) {
    if (bytes.readableBytes() <= 1 || !ctx.channel().isActive()) {
      ended();
      write(ctx, bytes);
      return;
    }
    var unused = ctx.writeAndFlush(bytes.readRetainedSlice(1), ctx.voidPromise());
    var unusedToo =
        ctx.executor()
            .schedule(() -> trickle(ctx, bytes, pauseMicros), pauseMicros, TimeUnit.MICROSECONDS);
  }

  private ByteBuf encode(ChannelHandlerContext ctx, Answer answer) {
    byte[] head = answer.status() == 200 ? OK : head(answer.status());
    byte[] content = answer.body();
    ByteBuf out = ctx.alloc().ioBuffer(head.length + 80 + content.length);
    out.writeBytes(head);
    out.writeCharSequence(Integer.toString(content.length), US_ASCII);
    out.writeCharSequence("\r\nx-amzn-RequestId: SIMULATED", US_ASCII);
    // All that is asked of it is to be different.
    out.writeCharSequence(
        Long.toString(System.identityHashCode(this) * 1_000_000L + requests++, 36), US_ASCII);
    out.writeCharSequence("\r\n\r\n", US_ASCII);
    return out.writeBytes(content);
  }

  private static byte[] head(int status) {
    String reason = status == 200 ? "OK" : status < 500 ? "Bad Request" : "Server Error";
    return ("HTTP/1.1 "
            + status
            + " "
            + reason
            + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: ")
        .getBytes(US_ASCII);
  }

  private void ended() {
    if (underWay) {
      underWay = false;
      service.bookkeeper().ended();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A client that goes away is no news, but an error of ours would else look like one.
    if (!(cause instanceof IOException)) {
      System.err.println("simulated DynamoDB: a connection is closed because of " + cause);
    }
    var unused = ctx.close();
  }
}
