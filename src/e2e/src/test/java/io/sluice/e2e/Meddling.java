/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** Does something in a worker of a job, by way of Beam's option for how clients are made. */
abstract class Meddling implements ClientBuilderFactory {
  abstract void inWorker();

  @Override
  public <BuilderT extends AwsClientBuilder<BuilderT, ClientT>, ClientT> BuilderT create(
      BuilderT builder, ClientConfiguration client, AwsOptions options) {
    if (!Thread.currentThread().getName().equals("main")) {
      inWorker();
    }
    return ClientBuilderFactory.defaultFactory().create(builder, client, options);
  }

  @Override
  public void checkConfiguration(ClientConfiguration client, AwsOptions options) {
    ClientBuilderFactory.defaultFactory().checkConfiguration(client, options);
  }

  /** Throws an Error that needs no memory to be used up. */
  public static final class OutOfMemory extends Meddling {
    @Override
    void inWorker() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  /** Prints the addresses at which this JVM listens, as Linux writes them in hexadecimal. */
  public static final class Listening extends Meddling {
    static final String PREFIX = "listens at ";

    @Override
    void inWorker() {
      TcpSocket.of("self").stream()
          .filter(TcpSocket::isListening)
          .map(TcpSocket::address)
          .distinct()
          .sorted()
          .forEach(address -> System.out.println(PREFIX + address));
      System.out.println(PREFIX + "these");
    }
  }
}
