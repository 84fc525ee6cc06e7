/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sluice.item.InvalidItemException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One table of a DynamoDB that does what a test wants it to: it is as slow, as small and as faulty
 * as its {@link EndpointSettings} say, and keeps exact {@link Books}. It answers on loopback,
 * checks no signature, and takes little enough of a core to stand beside the client that is
 * measured.
 *
 * <p>It knows BatchWriteItem (puts only), PutItem, GetItem, BatchGetItem, Scan and DescribeTable,
 * and refuses what it does not know of these rather than ignore it.
 *
 * <p>A request is done when its last byte is there; only the answer waits for the latency.
 */
public final class SimulatedDynamoDb implements AutoCloseable {
  private static final int MAX_HEADERS = 64 * 1024;
  private static final int MAX_CHUNK = 1 << 20;

  private final Service service;
  private final EventLoopGroup loops;
  private final Channel server;

  private SimulatedDynamoDb(EndpointSettings settings, LongSupplier clock) {
    service = new Service(settings, clock);
    Admin admin = new Admin(service);
    loops =
        new NioEventLoopGroup(
            settings.threads(), new DefaultThreadFactory("simulated-dynamodb", true));
    HttpDecoderConfig decoding =
        new HttpDecoderConfig()
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(MAX_CHUNK)
            .setValidateHeaders(false);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpRequestDecoder(decoding))
                        .addLast(new Connection(service, admin));
                  }
                });
    server =
        bootstrap
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()))
            .syncUninterruptibly()
            .channel();
  }

  /** Starts an endpoint on loopback. */
  public static SimulatedDynamoDb start(EndpointSettings settings) {
    return start(settings, System::nanoTime);
  }

  /**
   * Starts an endpoint whose capacity and books go by another clock; latency does not.
   *
   * @param nanoClock as {@link System#nanoTime}
   */
  public static SimulatedDynamoDb start(EndpointSettings settings, LongSupplier nanoClock) {
    return new SimulatedDynamoDb(settings, nanoClock);
  }

  public URI endpoint() {
    return URI.create("http://localhost:" + ((InetSocketAddress) server.localAddress()).getPort());
  }

  public Books books() {
    return service.books();
  }

  /** Forgets items and books; the buckets are full, and the random numbers those of the start. */
  public void reset() {
    service.reset();
  }

  public EndpointSettings settings() {
    return service.settings();
  }

  /** Changes throughput, faults or times while it runs. */
  public void change(UnaryOperator<EndpointSettings> change) {
    service.change(change.apply(service.settings()));
  }

  /** The table has, and says that it has, these units a second from now on. */
  public void setProvisioned(long write, long read) {
    change(settings -> settings.withTable(settings.table().withProvisioned(write, read)));
    setWriteCapacity(write);
    setReadCapacity(read);
  }

  public void setWriteCapacity(double perSecond) {
    change(settings -> settings.withThroughput(settings.throughput().withWrite(perSecond)));
  }

  public void setReadCapacity(double perSecond) {
    change(settings -> settings.withThroughput(settings.throughput().withRead(perSecond)));
  }

  public void setLatencyMillis(long millis) {
    change(settings -> settings.withLatencyMillis(millis));
  }

  public void setFaults(Faults faults) {
    change(settings -> settings.withFaults(faults));
  }

  /** The next requests, of the operations that {@link Faults} names, get this fault. */
  public void failNext(int requests, Fault fault) {
    service.dice().next(requests, fault);
  }

  /** The kept items, in the order of a scan. */
  public List<Map<String, AttributeValue>> items() {
    if (!(service.state().store() instanceof KeptItems kept)) {
      throw new IllegalStateException("items are kept with the storage KEEP only");
    }
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    try {
      for (StoredItem item : kept.all()) {
        items.add(Json.item(item.json(), 0, item.json().length));
      }
    } catch (InvalidItemException e) {
      throw new IllegalStateException("it was parsed before", e);
    }
    return items;
  }

  @Override
  public void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    server.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /**
   * Runs an endpoint until standard input ends. Each argument sets something in the settings' JSON,
   * as {@code --latencyMillis=5}, {@code --throughput.writePerSecond=1000} or {@code
   * --faults.shares.THROTTLED=0.1}; {@code --settings={…}} sets several.
   */
  public static void main(String[] args) throws Exception {
    EndpointSettings settings =
        EndpointArguments.parse(
            EndpointSettings.of(SimulatedTable.of("table", "id:S")).withStorage(Storage.COUNT),
            args);
    try (SimulatedDynamoDb db = start(settings)) {
      System.out.println("ready " + db.endpoint());
      while (System.in.read() >= 0) {
        // Nothing is expected.
      }
    }
  }
}
