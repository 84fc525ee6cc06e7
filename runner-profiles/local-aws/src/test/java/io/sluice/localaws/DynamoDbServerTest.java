/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.storage.ByteMap;
import io.sluice.localaws.dynamodb.storage.DiskStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbServerTest {

  @TempDir private Path temp;

  @Test
  void saysInALineThatTheTablesCannotBeReadAndLeavesTheFolderFree() throws Exception {
    Options options = Options.parse("--data=" + temp, "--dynamodbPort=0", "--s3Port=0");
    Path folder = options.folder("dynamodb");
    damageTheTables(folder);
    S3Server s3 = LocalServers.startS3();
    try {
      StartException failure =
          assertThrows(StartException.class, () -> DynamoDbServer.start(options, s3.buckets()));
      assertThat(failure.getMessage(), startsWith("The data of DynamoDB on disk: "));
      assertThat(failure.getMessage().lines().count(), is(1L));
      assertThat(failure.exitCode(), is(1));
    } finally {
      s3.stop();
    }
    DiskStorage.open(folder).close();
  }

  /**
   * Changes a byte among the first that are read of them, far from the names that opening the
   * storage reads.
   */
  private static void damageTheTables(Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (DiskStorage storage = DiskStorage.open(folder)) {
      ByteMap tables = storage.map("tables");
      for (byte key = 0; key < 100; key++) {
        byte[] value = new byte[10_000];
        random.nextBytes(value);
        storage.write(new Batch().put(tables, new byte[] {key}, value));
      }
    }
    // What is in the log goes into a file when it is opened.
    DiskStorage.open(folder).close();
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      List<Path> tables = files.filter(file -> file.toString().endsWith(".sst")).toList();
      assertThat(tables.size(), is(1));
      byte[] bytes = Files.readAllBytes(tables.get(0));
      bytes[bytes.length / 10] ^= 1;
      Files.write(tables.get(0), bytes);
    }
  }
}
