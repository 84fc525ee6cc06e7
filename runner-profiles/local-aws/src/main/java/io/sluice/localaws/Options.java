/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.signature.AccessKey;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds the options of the command line.
 *
 * @param address where both servers listen
 * @param dynamodbPort from 0 to 65535; 0 takes a free port
 * @param s3Port from 0 to 65535; 0 takes a free port
 * @param data the folder for data on disk; nothing is written there when {@code inMemory}
 * @param inMemory whether the data is lost when the process ends
 * @param buckets the buckets to create when they do not exist
 * @param s3Key which requests to S3 must be signed with
 * @param exitWithStdin whether to exit when standard input ends
 */
record Options(
    InetAddress address,
    int dynamodbPort,
    int s3Port,
    Path data,
    boolean inMemory,
    List<String> buckets,
    AccessKey s3Key,
    boolean exitWithStdin,
    DynamoDbOptions dynamodb,
    StsOptions sts) {

  static final String HELP =
      """
      Runs DynamoDB and S3 for the programs on this machine, until it is stopped. It is for
      development, tests and rehearsals, and not for production: it has no users and no IAM.

        --dynamodbPort=8000  where DynamoDB listens; 0 takes a free port
        --s3Port=9090        where S3 listens; 0 takes a free port
        --bind=127.0.0.1     the address that both listen on; whoever reaches it can use them.
                             On a loopback address, DynamoDB refuses a request whose Host is not an
                             IP address, localhost or the name that is given here
        --data=.sluice       the folder for data on disk, made when it is missing
        --inMemory           keep no data on disk
        --bucket=sluice      a bucket to make when it is missing; repeat the option, or separate
                             names with commas, for several
        --s3Key=ID:SECRET    the key of S3, which always checks signatures; localkey:localsecret
                             unless it is given
        --exitWithStdin      exit when standard input ends, as it does when the parent process dies
        --help               print this text

      DynamoDB takes any signature unless it is told otherwise:

      """
          + DynamoDbOptions.HELP
          + StsOptions.HELP;

  private static final List<String> OWN =
      List.of(
          "--dynamodbPort",
          "--s3Port",
          "--bind",
          "--data",
          "--inMemory",
          "--bucket",
          "--s3Key",
          "--exitWithStdin");

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  Options {
    if (dynamodbPort == s3Port && s3Port != 0) {
      throw StartException.badOption(
          "--s3Port is '" + s3Port + "', must differ from --dynamodbPort");
    }
    buckets = buckets.stream().distinct().toList();
    for (String bucket : buckets) {
      if (!BUCKET.matcher(bucket).matches()) {
        throw StartException.badOption(
            "--bucket is '"
                + bucket
                + "', must be 3 to 63 of a-z, 0-9, '.' and '-', with a letter or digit at both ends");
      }
    }
  }

  /** Parses a command line; without {@code --bucket} the bucket {@code sluice} is created. */
  static Options parse(String... args) {
    Set<String> known = new HashSet<>(OWN);
    known.addAll(DynamoDbOptions.NAMES);
    known.addAll(StsOptions.NAMES);
    Arguments arguments = Arguments.parse(known, args);
    AccessKey s3Key = arguments.key("--s3Key", LocalAws.KEY);
    DynamoDbOptions dynamodb = DynamoDbOptions.of(arguments);
    return new Options(
        arguments.address("--bind"),
        arguments.port("--dynamodbPort", 8000),
        arguments.port("--s3Port", 9090),
        arguments.path("--data", ".sluice"),
        arguments.flag("--inMemory"),
        arguments.has("--bucket") ? arguments.all("--bucket") : List.of("sluice"),
        s3Key,
        arguments.flag("--exitWithStdin"),
        dynamodb,
        StsOptions.of(arguments, dynamodb.key(), s3Key));
  }

  /** Names the host in the addresses of the servers, as a URI has it. */
  String host() {
    return address.isAnyLocalAddress() || address.equals(InetAddress.getLoopbackAddress())
        ? "localhost"
        : literal();
  }

  /** Writes the address that both listen on as a URI has it. */
  String literal() {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }

  /** Returns the folder of a service within {@code data}, created if it is missing. */
  Path folder(String service) {
    try {
      Path folder = Files.createDirectories(data.resolve(service));
      if (Files.isWritable(folder)) {
        return folder;
      }
    } catch (IOException e) {
      // The cause does not help the user, who sees a path that is a file, or not theirs.
    }
    throw StartException.badOption(
        "--data is '" + data + "', must be a folder that can be written");
  }
}
