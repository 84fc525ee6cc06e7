/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.OwnJvm;
import io.sluice.pipelines.cli.Console;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.FlakyProxy.Held;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Imports whose process is killed, again and again, until one writes all. */
@Timeout(300)
class KilledImportTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final int ROWS = 9_000;
  private static final int SHARDS = 60;

  /** With a chance of one in millions a bucket has more. */
  private static final int OF_A_BUCKET = 95;

  @TempDir Path folder;

  private final String place = "killed-import-" + UUID.randomUUID();

  /** The program that is killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) {
      LocalS3.useOurs();
      ImportOptions options = OneWorker.options(ImportOptions.class, args);
      System.exit(ImportPipeline.run(options, new Console(System.out, System.err)));
    }
  }

  private Process start(EmbeddedDynamoDb db, FlakyProxy dynamodb, FlakyProxy s3, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + dynamodb.endpoint(),
                "--s3Endpoint=" + s3.endpoint(),
                "--table=" + db.settings().table().name(),
                "--input=" + folder.resolve("in.csv"),
                "--report=" + folder.resolve("report.json"),
                "--shards=" + SHARDS,
                "--writeRatio=1",
                "--checkpoints=s3://" + AWS.bucket() + "/" + place));
    arguments.addAll(List.of(more));
    return OwnJvm.start(Killed.class, folder.resolve("output"), arguments);
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  private JsonNode counts() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile()).get("counts");
  }

  private void writeInput(String last) throws IOException {
    StringBuilder csv = new StringBuilder("id,n\n");
    for (int row = 0; row < ROWS - 1; row++) {
      csv.append("row-").append(row).append(',').append(row).append('\n');
    }
    Files.writeString(folder.resolve("in.csv"), csv.append(last).append(",0\n"));
  }

  private List<String> kept() {
    return AWS
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(AWS.bucket()).prefix(place + "/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Returns how many items of all that were written are marked. */
  private long marked() throws IOException {
    long items = 0;
    for (String key : kept()) {
      byte[] json =
          AWS.s3().getObjectAsBytes(get -> get.bucket(AWS.bucket()).key(key)).asByteArray();
      for (JsonNode mark : new ObjectMapper().readTree(json).get("written")) {
        items += mark.get(1).asLong();
      }
    }
    return items;
  }

  private static void kill(Process process, Held request, EmbeddedDynamoDb db) throws Exception {
    while (process.isAlive() && !request.isThere()) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    request.drop();
    while (db.books().requestsNow() > 0) {
      Thread.onSpinWait();
    }
  }

  private EmbeddedDynamoDb slowTable(int writeUnits) {
    return EmbeddedDynamoDb.start(
        EndpointSettings.of(TableSettings.of("killed", "id:S").withProvisioned(writeUnits, 10))
            .withLatencyMillis(5));
  }

  @Test
  void eachStartGoesOnWithTheBucketsThatAreNotWritten() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    writeInput("row-last");
    try (EmbeddedDynamoDb db = slowTable(1_500);
        FlakyProxy dynamodb = new FlakyProxy(db.endpoint());
        FlakyProxy s3 = new FlakyProxy(AWS.s3Endpoint())) {
      int kills = 0;
      long lost = 0;
      for (String moment : List.of("PUT \\S*" + place, "BatchWriteItem")) {
        boolean writes = moment.startsWith("Batch");
        Held request =
            (writes ? dynamodb : s3)
                .hold(Pattern.compile(moment), (writes ? 40 : 4) + random.nextInt(40));
        Process process = start(db, dynamodb, s3);
        kill(process, request, db);
        long lostNow = db.books().itemsAccepted() - marked();
        // A file that was just replaced may be there with its successor, and counts twice.
        assertThat(
            "seed %d, %s%n%s".formatted(seed, moment, output()),
            lostNow - lost,
            is(lessThanOrEqualTo(3L * OF_A_BUCKET)));
        lost = Math.max(lost, lostNow);
        kills++;
      }
      assertThat(kills, is(2));
      long before = db.books().itemsAccepted();
      assertThat(before, is(greaterThan(lost)));

      int code = start(db, dynamodb, s3).waitFor();
      assertThat(output(), code, is(0));
      assertThat(output(), containsString("going on with an import that has written "));
      long earlier = counts().get("earlier").asLong();
      assertThat(earlier, is(greaterThan(0L)));
      assertThat(counts().get("written").asLong() + earlier, is((long) ROWS));
      assertThat(db.books().itemsStored(), is((long) ROWS));
      assertThat(db.books().itemsAccepted() - before, is(ROWS - earlier));
      assertThat("nothing is kept when all is written", kept(), is(empty()));
    }
  }

  @Test
  void anotherInputIsWrittenWholeAndWithTheTimeUpTheRestFollows() throws Exception {
    writeInput("row-last");
    try (EmbeddedDynamoDb db = slowTable(600);
        FlakyProxy dynamodb = new FlakyProxy(db.endpoint());
        FlakyProxy s3 = new FlakyProxy(AWS.s3Endpoint())) {
      int code = -1;
      // On a busy machine nothing may be written at first.
      for (int seconds = 5; kept().isEmpty() && seconds < 100; seconds *= 2) {
        code = start(db, dynamodb, s3, "--terminateAfter=" + seconds + "s").waitFor();
      }
      assertThat(output(), code, is(1));
      assertThat(output(), containsString("are left; the same command goes on with them"));
      long written = db.books().itemsAccepted();
      assertThat(kept(), is(not(empty())));
      db.change(settings -> settings.withThroughput(settings.throughput().withWrite(50_000)));

      writeInput("row-other");
      code = start(db, dynamodb, s3).waitFor();
      assertThat(output(), code, is(0));
      assertThat(counts().get("written").asLong(), is((long) ROWS));
      assertThat(db.books().itemsAccepted(), is(written + ROWS));
    }
  }
}
