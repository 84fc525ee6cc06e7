/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The options of the command line. If an option is given twice the last one counts, so that a
 * script's defaults can precede what its user typed; only buckets add up.
 *
 * @param dynamodbPort from 0 to 65535; 0 takes a free port
 * @param s3Port from 0 to 65535; 0 takes a free port
 * @param data the folder for data on disk; nothing is written there when {@code inMemory}
 * @param inMemory whether the data is lost when the process ends
 * @param buckets the buckets to create when they do not exist
 * @param exitWithStdin whether to exit when standard input ends
 */
record Options(
    int dynamodbPort,
    int s3Port,
    Path data,
    boolean inMemory,
    List<String> buckets,
    boolean exitWithStdin) {

  static final String HELP =
      """
      Runs DynamoDB and S3 for the programs on this machine, until it is stopped.

        --dynamodbPort=8000  where DynamoDB listens; 0 takes a free port
        --s3Port=9090        where S3 listens; 0 takes a free port
        --data=.sluice       the folder for data on disk, made when it is missing
        --inMemory           keep no data on disk
        --bucket=sluice      a bucket to make when it is missing; repeat the option, or separate
                             names with commas, for several
        --exitWithStdin      exit when standard input ends, as it does when the parent process dies
        --help               print this text
      """;

  private static final String NAMES =
      "--dynamodbPort, --s3Port, --data, --inMemory, --bucket, --exitWithStdin and --help";

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  Options {
    checkPort("--dynamodbPort", dynamodbPort);
    checkPort("--s3Port", s3Port);
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
    int dynamodbPort = 8000;
    int s3Port = 9090;
    Path data = Path.of(".sluice");
    boolean inMemory = false;
    List<String> buckets = new ArrayList<>();
    boolean exitWithStdin = false;
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      String value = equals < 0 ? "" : arg.substring(equals + 1);
      switch (name) {
        case "--dynamodbPort" -> dynamodbPort = port(name, value);
        case "--s3Port" -> s3Port = port(name, value);
        case "--data" -> data = path(name, value);
        case "--inMemory" -> inMemory = flag(name, arg, value);
        case "--bucket" -> buckets.addAll(List.of(value.split(",", -1)));
        case "--exitWithStdin" -> exitWithStdin = flag(name, arg, value);
        default ->
            throw StartException.badOption("'" + arg + "' is not an option; they are " + NAMES);
      }
    }
    if (buckets.isEmpty()) {
      buckets.add("sluice");
    }
    return new Options(dynamodbPort, s3Port, data, inMemory, buckets, exitWithStdin);
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

  private static int port(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw badPort(name, value);
    }
  }

  private static void checkPort(String name, int port) {
    if (port < 0 || port > 65535) {
      throw badPort(name, String.valueOf(port));
    }
  }

  private static StartException badPort(String name, String value) {
    return StartException.badOption(
        name + " is '" + value + "', must be a port from 1 to 65535, or 0 for a free one");
  }

  private static Path path(String name, String value) {
    try {
      if (!value.isEmpty()) {
        return Path.of(value);
      }
    } catch (InvalidPathException e) {
      // The same message serves for an empty value.
    }
    throw StartException.badOption(name + " is '" + value + "', must be the path of a folder");
  }

  private static boolean flag(String name, String arg, String value) {
    if (arg.equals(name) || value.equals("true")) {
      return true;
    }
    if (value.equals("false")) {
      return false;
    }
    throw StartException.badOption(
        name + " is '" + value + "', must be true or false, or without a value for true");
  }
}
