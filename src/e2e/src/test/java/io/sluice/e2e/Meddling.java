/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      try {
        addresses().forEach(address -> System.out.println(PREFIX + address));
        System.out.println(PREFIX + "these");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Set<String> addresses() throws IOException {
      Set<String> own;
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        own = files.map(Listening::target).collect(Collectors.toSet());
      }
      Set<String> listening = new TreeSet<>();
      for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
        for (String line : lines(Path.of(table))) {
          String[] fields = line.strip().split(" +");
          if (fields[3].equals("0A") && own.contains("socket:[" + fields[9] + "]")) {
            listening.add(fields[1].toLowerCase(Locale.ROOT));
          }
        }
      }
      return listening;
    }

    private static Collection<String> lines(Path table) throws IOException {
      return Files.exists(table) ? Files.readAllLines(table) : List.of();
    }

    private static String target(Path link) {
      try {
        return Files.readSymbolicLink(link).toString();
      } catch (IOException e) {
        return "closed meanwhile";
      }
    }
  }
}
