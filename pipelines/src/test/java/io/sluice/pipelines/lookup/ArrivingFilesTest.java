/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.Aws;
import io.sluice.storage.S3Meter;
import io.sluice.storage.Storage;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lookup that takes files as they arrive. */
@Timeout(180)
class ArrivingFilesTest {
  @TempDir Path folder;
  private final ProductLookup products = new ProductLookup();
  private final Printed printed = new Printed();
  private Path in;

  @BeforeEach
  void makeFolder() throws IOException {
    in = Files.createDirectory(folder.resolve("in"));
  }

  private Path out(int number) {
    return folder.resolve("out/%012d".formatted(number));
  }

  private LookupOptions options(String... more) {
    LookupOptions options =
        products.options(
            Stream.concat(
                    Stream.of(
                        "--input=" + in,
                        "--output=" + folder.resolve("out"),
                        "--lookupKey=id",
                        "--lookupBy=KEYS",
                        "--every=1h"),
                    Stream.of(more.length == 0 ? new String[] {"--where=PRESENT"} : more))
                .toArray(String[]::new));
    Aws.configure(options);
    return options;
  }

  /** Takes what is there, in one run, unless nothing is. */
  private int take(LookupOptions options, Runnable meanwhile) {
    LookupPlan plan = LookupPlan.of(options);
    ArrivingFiles arriving = ArrivingFiles.of(plan, printed.console());
    ArrivingFiles.Taken taken = arriving.next();
    meanwhile.run();
    return taken == null
        ? ExitCode.OK
        : LookupPipeline.run(options, plan, taken, printed.console());
  }

  private int take() {
    return take(options(), () -> {});
  }

  private void arrive(String name, String... ids) throws IOException {
    StringBuilder events = new StringBuilder();
    for (String id : ids) {
      events.append("{\"id\":\"").append(id).append("\"}\n");
    }
    Files.writeString(in.resolve(name), events);
  }

  @Test
  void eachFileIsTakenOnce() throws Exception {
    products.create();
    assertThat(take(), is(ExitCode.OK));
    assertThat("nothing has arrived", Files.exists(out(1)), is(false));
    arrive("a.json", "p2", "p3");
    arrive("b.json", "p4");
    assertThat(take(), is(ExitCode.OK));
    assertThat(ProductLookup.contents(out(1)), is("{\"id\":\"p2\"}\n{\"id\":\"p4\"}\n"));
    assertThat(Files.exists(out(1).resolve("_SUCCESS")), is(true));
    assertThat(take(), is(ExitCode.OK));
    assertThat("nothing is new", Files.exists(out(2)), is(false));
    arrive("c.json", "p3");
    arrive("a0.json", "p6");
    assertThat(take(), is(ExitCode.OK));
    assertThat(ProductLookup.contents(out(2)), is("{\"id\":\"p6\"}\n"));
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(
          files.map(file -> file.getFileName().toString()).sorted().toList(),
          contains("000000000001", "000000000002", "_taken"));
    }
    assertThat(printed.errors(), is(empty()));
  }

  @Test
  void inS3() throws Exception {
    products.create();
    arrive("a.json", "p2", "p3");
    LocalS3.useOurs();
    LocalAws aws = LocalAws.shared();
    String prefix = UUID.randomUUID().toString();
    LookupOptions options = options();
    options.setOutput("s3://" + aws.bucket() + "/" + prefix);
    FileSystems.setDefaultPipelineOptions(options);
    assertThat(take(options, () -> take(options, () -> {})), is(ExitCode.OK));
    arrive("b.json", "p5");
    assertThat(take(options, () -> {}), is(ExitCode.OK));
    List<String> keys =
        aws.s3().listObjectsV2(l -> l.bucket(aws.bucket()).prefix(prefix)).contents().stream()
            .map(object -> object.key().substring(prefix.length()))
            .toList();
    assertThat(
        keys,
        contains(
            "/000000000001/_SUCCESS",
            "/000000000001/_manifest.json",
            "/000000000001/part-00000.json",
            "/000000000002/_SUCCESS",
            "/000000000002/_manifest.json",
            "/_taken/000000000001.json",
            "/_taken/000000000002.json"));
  }

  @Test
  void ofTwoProgramsOneTakesAFile() throws Exception {
    products.create();
    arrive("a.json", "p2", "p3");
    assertThat(take(options(), this::take), is(ExitCode.OK));
    assertThat(ProductLookup.contents(out(1)), is("{\"id\":\"p2\"}\n"));
    assertThat(Files.exists(out(2)), is(false));
    assertThat(
        String.join("\n", printed.lines()),
        containsString("not written, since another run has taken files"));
    assertThat(take(), is(ExitCode.OK));
    assertThat(Files.exists(out(2)), is(false));
  }

  @Test
  void whatIsRejectedIsNotTaken() throws Exception {
    products.create();
    arrive("a.json", "p2");
    Files.writeString(in.resolve("b.json"), "{\"no\":1}\n");
    assertThat(take(), is(ExitCode.REJECTIONS));
    assertThat(Files.exists(out(1)), is(false));
    arrive("b.json", "p4");
    assertThat(take(), is(ExitCode.OK));
    assertThat(ProductLookup.contents(out(1)), is("{\"id\":\"p2\"}\n{\"id\":\"p4\"}\n"));
  }

  @Test
  void aFileThatHasChangedIsToldOf() throws Exception {
    products.create();
    arrive("a.json", "p2");
    assertThat(take(), is(ExitCode.OK));
    arrive("a.json", "p2", "p4");
    assertThat(take(), is(ExitCode.OK));
    assertThat(Files.exists(out(2)), is(false));
    assertThat(
        printed.errors().toString(),
        containsString(
            "a.json had 12 bytes when it was taken and has 24 now: it is not read again"));
  }

  @Test
  void foldersThatAreNotLookedIntoAreToldOfOnce() throws Exception {
    Files.createDirectory(in.resolve("2026"));
    arrive("2026/a.json", "p2");
    arrive("_b.json.part", "p2");
    ArrivingFiles arriving = ArrivingFiles.of(LookupPlan.of(options()), printed.console());
    assertThat(arriving.next(), is(nullValue()));
    String one =
        "not read: 1 folder in %s, %s/2026/ (give %s/** to read all)".formatted(in, in, in);
    assertThat(printed.errors(), contains(containsString(one)));
    assertThat(arriving.next(), is(nullValue()));
    assertThat("nothing is new", printed.errors(), hasSize(1));
    Files.createDirectory(in.resolve("2027"));
    assertThat(arriving.next(), is(nullValue()));
    assertThat(printed.errors().get(1), containsString("not read: 2 folders in "));
  }

  /** The loop ends when its thread is interrupted, as it would sleep for an hour. */
  @Test
  void itGoesOnUntilARunFails() throws Exception {
    products.create();
    arrive("a.json", "p2");
    LookupOptions options = options();
    LookupPlan plan = LookupPlan.of(options);
    int code =
        ArrivingFiles.of(plan, printed.console())
            .takeEach(
                Duration.ofHours(1),
                taken -> {
                  int one = LookupPipeline.run(options, plan, taken, printed.console());
                  Thread.currentThread().interrupt();
                  return one;
                });
    assertThat(Thread.interrupted(), is(true));
    assertThat(code, is(ExitCode.OK));
    arrive("b.json", "p4");
    assertThat(
        ArrivingFiles.of(plan, printed.console())
            .takeEach(Duration.ofHours(1), taken -> ExitCode.REJECTIONS),
        is(ExitCode.REJECTIONS));
  }

  @Test
  void theRequestsOfEachRunAreCountedByThemselves() throws Exception {
    products.create();
    LocalAws aws = LocalAws.shared();
    FileSystems.setDefaultPipelineOptions(LocalS3.options(aws));
    LookupOptions options = options();
    LookupPlan plan = LookupPlan.of(options);
    List<Long> before = new ArrayList<>();
    arrive("a.json", "p2");
    ArrivingFiles.of(plan, printed.console())
        .takeEach(
            Duration.ofMillis(1),
            taken -> {
              before.add(S3Meter.ofJob().count().orElseThrow().writes());
              int code = LookupPipeline.run(options, plan, taken, printed.console());
              FileSystems.setDefaultPipelineOptions(LocalS3.options(aws));
              try {
                Storage.match("s3://" + aws.bucket() + "/nothing-*");
                arrive("b.json", "p4");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return before.size() == 2 ? ExitCode.REJECTIONS : code;
            });
    assertThat(before, contains(0L, 0L));
  }

  @Test
  void anOutputIsOfOneLookup() throws Exception {
    products.create();
    arrive("a.json", "p2");
    assertThat(take(), is(ExitCode.OK));
    assertThat(
        assertThrows(JobException.class, () -> take(options("--where=ABSENT"), () -> {}))
            .getMessage(),
        containsString(
            "has the events of another lookup (where was PRESENT and is ABSENT): give another folder"));
    Files.writeString(folder.resolve("out/other.json"), "{}");
    assertThat(
        assertThrows(JobException.class, this::take).getMessage(),
        containsString("has files that no lookup with --every wrote, such as other.json"));
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    LookupOptions options = options("--where=PRESENT", "--dryRun", "--inputList=x");
    List<String> problems =
        assertThrows(UsageException.class, () -> LookupPlan.of(options)).problems();
    assertThat(
        problems,
        contains(
            "--every does not go with --dryRun, which takes no files",
            "--every does not go with --inputList: files that arrive are in no list"));
    LookupOptions often = PipelineOptionsFactory.as(LookupOptions.class);
    often.setEvery("often");
    assertThat(
        assertThrows(UsageException.class, () -> LookupPlan.of(often)).problems().toString(),
        containsString("--every: 'often' must be a time"));
  }
}
