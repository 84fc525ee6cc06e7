/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.dynamodb.checkpoint.Checkpoints;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.OwnJvm;
import io.sluice.pipelines.cli.Console;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.UnfinishedRun;
import io.sluice.snapshot.UnfinishedRuns;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.FlakyProxy.Held;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Exports to S3 whose process is killed, again and again, until one publishes. */
@Timeout(300)
class KilledExportTest {
  private static final int SEGMENTS = 6;
  private static final double PAGE_UNITS = 129;
  private static final LocalAws AWS = LocalAws.shared();
  private static final String PLACE = "killed-export";

  @TempDir Path folder;

  /** The program that is killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) {
      LocalS3.useOurs();
      ExportOptions options = OneWorker.options(ExportOptions.class, args);
      System.exit(ExportPipeline.run(options, new Console(System.out, System.err)));
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
                "--segments=" + SEGMENTS,
                "--outputFormat=JSON"));
    arguments.addAll(List.of(more));
    return OwnJvm.start(Killed.class, folder.resolve("output"), arguments);
  }

  private void mustExitWell(Process process) throws Exception {
    int code = process.waitFor();
    assertThat(Files.readString(folder.resolve("output")), code, is(0));
  }

  private static List<String> keys(String in) {
    return AWS
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(AWS.bucket()).prefix(PLACE + "/" + in))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Returns the lines of all data files of the snapshots of a table, sorted. */
  private static List<String> lines(String in) {
    return keys(in).stream()
        .filter(key -> key.contains("/snapshot_timestamp=") && key.contains("/part-"))
        .flatMap(KilledExportTest::linesOf)
        .sorted()
        .toList();
  }

  private static Stream<String> linesOf(String key) {
    byte[] zipped =
        AWS.s3().getObjectAsBytes(get -> get.bucket(AWS.bucket()).key(key)).asByteArray();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new String(in.readAllBytes(), UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the units of the pages that the unfinished run has kept. */
  private static double keptUnits() throws Exception {
    UnfinishedRuns runs =
        new UnfinishedRuns(
            new TableFolder("s3://" + AWS.bucket() + "/" + PLACE + "/b", "killed-export"));
    UnfinishedRun run = runs.read().orElseThrow();
    Checkpoints kept = new Checkpoints(runs.scanOf(run.run()), run.run().id(), run.groups());
    double[] units = {0};
    for (int group = 0; group < run.groups(); group++) {
      kept.chain(group).read(page -> units[0] += page.page().mark().units());
    }
    return units[0];
  }

  @Test
  void theSnapshotIsExactAndNoMoreThanAPageOfEachSegmentIsReadTwice() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    LocalS3.options(AWS);
    try (EmbeddedDynamoDb db =
            EmbeddedDynamoDb.start(
                EndpointSettings.of(
                        TableSettings.of("killed-export", "id:S").withWarm(4_000, 200_000))
                    .withLatencyMillis(10)
                    .withGenerated(new GeneratedItems(30_000, 1_000)));
        FlakyProxy dynamodb = new FlakyProxy(db.endpoint());
        FlakyProxy s3 = new FlakyProxy(AWS.s3Endpoint())) {
      mustExitWell(start(db, dynamodb, s3, "--output=s3://" + AWS.bucket() + "/" + PLACE + "/a"));
      List<String> expected = lines("a");
      assertThat(expected.size(), is(30_000));
      double once = db.books().readUnits();
      String[] resumable = {"--output=s3://" + AWS.bucket() + "/" + PLACE + "/b", "--resumable"};

      int kills = 0;
      int scanning = 0;
      double before = once;
      double lostBefore = 0;
      for (String moment :
          List.of(
              "DynamoDB_20120810\\.Scan",
              "PUT \\S*/scan/",
              "DynamoDB_20120810\\.Scan",
              "PUT \\S*/_staging/\\S*/part-",
              "PUT \\S*/_SUCCESS",
              "PUT \\S*/_catalog/",
              "POST \\S*[?&]delete")) {
        int others = moment.contains("Scan") || moment.contains("/scan/") ? random.nextInt(7) : 0;
        Held request =
            (moment.contains("Scan") ? dynamodb : s3).hold(Pattern.compile(moment), others);
        Process process = start(db, dynamodb, s3, resumable);
        while (process.isAlive() && !request.isThere()) {
          Thread.onSpinWait();
        }
        boolean wasThere = request.isThere();
        process.destroyForcibly().waitFor();
        request.drop();
        kills += wasThere ? 1 : 0;
        while (db.books().requestsNow() > 0) {
          Thread.onSpinWait();
        }
        if (db.books().readUnits() > before) {
          scanning++;
          before = db.books().readUnits();
          double lost = before - once - keptUnits();
          assertThat(
              "seed %d, %s".formatted(seed, moment),
              lost - lostBefore,
              is(lessThanOrEqualTo(SEGMENTS * PAGE_UNITS)));
          lostBefore = lost;
        }
      }
      assertThat("seed " + seed, kills, is(greaterThan(4)));
      mustExitWell(start(db, dynamodb, s3, resumable));

      String place = "seed " + seed + ", after " + kills + " kills";
      assertThat(place, lines("b").equals(expected), is(true));
      List<Snapshots.Snapshot> published =
          Snapshots.under("s3://" + AWS.bucket() + "/" + PLACE + "/b").of("killed-export");
      assertThat(published.size(), is(1));
      Manifest manifest = published.get(0).manifest();
      assertThat(manifest.items(), is(30_000L));
      assertThat(manifest.readUnits(), is(once));
      double twice = db.books().readUnits() - once - once;
      System.out.printf(
          "%s, %d of them while scanning: %.0f of %.0f units read twice%n",
          place, scanning, twice, once);
      assertThat(
          place,
          keys("b").stream().filter(key -> key.contains("/_staging/")).toList(),
          is(List.of()));
    }
  }
}
