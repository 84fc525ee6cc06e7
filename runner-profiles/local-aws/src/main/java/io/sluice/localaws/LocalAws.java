/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.localaws.sts.StsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Runs DynamoDB and S3 on this machine, for a demo, for development and for tests.
 *
 * <p>It is a program because s3proxy needs its own Jackson and AWS SDK, and Beam cannot build a
 * client with a second HTTP client of the SDK on its classpath.
 */
public final class LocalAws {

  static final AccessKey KEY = new AccessKey("localkey", "localsecret");

  private static final String REGION = "us-east-1";

  private LocalAws() {}

  /** Runs until it is killed; exits with 2 for a bad option and 1 when a server cannot start. */
  public static void main(String[] args) {
    long begin = System.nanoTime();
    if (List.of(args).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    try {
      run(Options.parse(args), begin);
    } catch (StartException e) {
      System.err.println(e.getMessage());
      System.exit(e.exitCode());
    } catch (Exception e) {
      // Otherwise the threads of a server that did start would keep the program alive.
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(Options options, long begin) throws Exception {
    if (options.exitWithStdin()) {
      Thread thread = new Thread(LocalAws::exitWithStdin, "stdin");
      thread.setDaemon(true);
      thread.start();
    }
    S3Server s3 = S3Server.start(options);
    DynamoDbServer dynamodb = DynamoDbServer.start(options, s3.buckets());
    Optional<StsServer> sts = sts(options);
    // In memory nothing is kept, so that nothing needs an orderly end, which may take a second.
    if (!options.inMemory()) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(dynamodb::stop, s3::stop), "shutdown"));
    }
    sts.ifPresent(
        server -> System.out.println("STS       http://" + options.host() + ":" + server.port()));
    System.out.printf(
        """
        DynamoDB  %s
        S3        %s   (buckets: %s)
        data      %s
        Try:      ./sluice import --local --input=s3://%s/... --table=...
                  aws dynamodb list-tables --endpoint-url %s   (%s, region %s)
        Ready in %.1f s; Ctrl-C stops it.
        """,
        dynamodb.endpoint(),
        s3.endpoint(),
        String.join(", ", options.buckets()),
        options.inMemory() ? "in memory" : options.data(),
        options.buckets().get(0),
        dynamodb.endpoint(),
        key(options.dynamodb().key()),
        REGION,
        (System.nanoTime() - begin) / 1e9);
  }

  /** Starts STS if it has a port; it ends with the process, and keeps nothing. */
  private static Optional<StsServer> sts(Options options) {
    if (options.sts().port().isEmpty()) {
      return Optional.empty();
    }
    int port = options.sts().port().getAsInt();
    try {
      return Optional.of(StsServer.start(options.address(), port, options.sts().roles()));
    } catch (IOException e) {
      throw StartException.cannotListen("STS", port, "--stsPort", e);
    }
  }

  /** Prints a secret only if everybody knows it. */
  private static String key(AccessKey key) {
    return "access key "
        + key.id()
        + (key.equals(KEY) ? ", secret " + key.secret() : ", and its secret");
  }

  private static void exitWithStdin() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe counts as its end, too.
    }
    System.exit(0);
  }

  private static void stop(AutoCloseable... servers) {
    for (AutoCloseable server : servers) {
      try {
        server.close();
      } catch (Exception e) {
        System.err.println(e);
      }
    }
  }
}
