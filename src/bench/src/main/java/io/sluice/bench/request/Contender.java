/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.request;

import io.sluice.bench.harness.Target;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.DynamoDbWire;
import io.sluice.dynamodb.wire.EncodedRequest;
import io.sluice.dynamodb.wire.WireAnswer;
import io.sluice.item.json.ItemJsonBuffer;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The ways to send a request whose body is encoded already. */
public enum Contender {
  PIPELINE("the SDK's pipeline, over Apache's client") {
    @Override
    public Sender open(Target target) {
      return sender(wire(target), DynamoDbWire::sendAgain);
    }
  },
  APACHE("the SDK's signer and Apache's client") {
    @Override
    public Sender open(Target target) {
      // Sluice keeps to the SDK's client when there may be a proxy; here there is none to use.
      System.setProperty(PROXY, "localhost");
      System.setProperty(NO_PROXY, "localhost|127.*");
      try {
        DynamoDbWire wire = wire(target);
        wire.send(new EncodedRequest(Bodies.make(1)[0]));
        return sender(wire, DynamoDbWire::send);
      } finally {
        System.clearProperty(PROXY);
        System.clearProperty(NO_PROXY);
      }
    }
  },
  JDK("the SDK's signer and the JDK's client") {
    @Override
    public Sender open(Target target) {
      return new JdkSender(target);
    }
  },
  OURS("Sluice") {
    @Override
    public Sender open(Target target) {
      return sender(wire(target), DynamoDbWire::send);
    }
  };

  private static final String PROXY = "http.proxyHost";
  private static final String NO_PROXY = "http.nonProxyHosts";

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** Sends requests, for several threads at once. */
  public interface Sender extends AutoCloseable {
    /** Sends a request, and returns the length of the answer. */
    int send(ItemJsonBuffer body) throws Exception;

    @Override
    void close();
  }

  private interface Way {
    WireAnswer send(DynamoDbWire wire, EncodedRequest request);
  }

  public String label() {
    return label;
  }

  /** Opens a sender of its own. */
  public abstract Sender open(Target target);

  private static DynamoDbWire wire(Target target) {
    return Clients.of(
        DynamoDbWire.Operation.BATCH_WRITE_ITEM,
        Target.TABLE,
        Clients.LONGEST_WRITE,
        target.configuration(),
        PipelineOptionsFactory.create().as(AwsOptions.class));
  }

  private static Sender sender(DynamoDbWire wire, Way way) {
    return new Sender() {
      @Override
      public int send(ItemJsonBuffer body) {
        return way.send(wire, new EncodedRequest(body)).body().length;
      }

      @Override
      public void close() {
        wire.close();
      }
    };
  }
}
