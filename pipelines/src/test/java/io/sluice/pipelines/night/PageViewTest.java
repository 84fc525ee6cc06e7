/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.pipelines.night.ledger.NightLedger;
import io.sluice.pipelines.night.ledger.NightRun;
import io.sluice.pipelines.night.ledger.StepKey;
import io.sluice.pipelines.night.page.PageFile;
import io.sluice.pipelines.night.page.StepProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PageViewTest {
  private static final StepKey KEY = new StepKey("trips", 1);

  @TempDir Path folder;

  private final NightStop stop = new NightStop();
  private final Printed printed = new Printed();
  private Instant now = Instant.parse("2026-01-31T23:26:01Z");
  private NightRun run;

  @BeforeEach
  void begin() throws IOException {
    run =
        NightLedger.of(folder.resolve("ledger").toString(), "nightly")
            .begin(Instant.parse("2026-01-31T23:26:00Z"), Duration.ZERO, "hash");
    run.add(LedgerEvent.ofRun(What.STARTED, null, null));
  }

  private Path file() {
    return folder.resolve("pages/night.html");
  }

  private String page() throws IOException {
    return Files.readString(file());
  }

  private PageView view() {
    NightStep step =
        new NightStep("import", List.of(), List.of(), "", false, true, 0, Duration.ofSeconds(1), 1);
    Night night =
        new Night(
            "nightly",
            folder.resolve("ledger").toString(),
            "hash",
            1,
            Duration.ofHours(1),
            List.of(new NightTable("trips", List.of(), List.of(step))),
            new Hook("onSuccess", List.of(), null),
            new Hook("onFailure", List.of(), null));
    return PageView.begin(
        new LinesView(printed.console()),
        PageFile.of(file().toString()),
        night,
        run,
        stop,
        () -> now);
  }

  @Test
  void itIsThereFromTheStartAndShowsTheEnd() throws Exception {
    try (PageView view = view()) {
      assertThat(page(), containsString("0 of 1"));
      assertThat(page(), containsString("http-equiv=\"refresh\""));
      run.add(LedgerEvent.ofStep(What.STEP_BEGAN, KEY, "import").inAttempt(1));
      view.table("trips", "step 1, import");
      view.progress("trips", new StepProgress("written", 5, 10L, 2, 3, null, 0, 1L));
      view.result("trips", "an item");
      view.remark("trips", "a remark");
      String report = run.place() + "steps/trips-1-import.json";
      Files.createDirectories(Path.of(report).getParent());
      Files.writeString(
          Path.of(report),
          "{\"counts\":{\"read\":60,\"rejected\":0},\"consumed\":{\"writes\":"
              + "{\"table\":60.0,\"indexes\":{\"i\":30.0}}},\"cost\":{\"dollars\":0.25}}");
      run.add(LedgerEvent.ofStep(What.STEP_ENDED, KEY, "import").inAttempt(1).ending(0, 2, report));
      run.add(LedgerEvent.ofRun(What.ENDED, 0, null));
      view.tell("nightly is done");
    }
    assertThat(page(), containsString("60 read, 90 write units"));
    assertThat(page(), containsString("$0.25"));
    assertThat(page(), containsString("<li>nightly is done</li>"));
    assertThat(page(), not(containsString("refresh")));
    assertThat(page(), not(containsString("an item")));
    assertThat(printed.lines(), contains("trips| an item"));
    assertThat(
        printed.errors(),
        contains("sluice: trips: step 1, import", "trips| a remark", "sluice: nightly is done"));
    try (Stream<Path> beside = Files.list(file().getParent())) {
      assertThat(beside.toList(), contains(file()));
    }
  }

  /** Ctrl-C ends the program as soon as that returns. */
  @Test
  void aNightThatIsStoppedSaysSoBeforeItEnds() throws Exception {
    try (PageView view = view()) {
      stop.because("it was ended from outside");
      assertThat(page(), containsString("Stopped: it was ended from outside"));
      assertThat(page(), not(containsString("refresh")));
      view.tell("more");
    }
    assertThat(printed.errors(), contains("sluice: more"));
  }

  @Test
  void itIsWrittenAnewWhenSomethingIsNewAndFromTimeToTime() throws Exception {
    try (PageView view = view()) {
      FileTime old = FileTime.fromMillis(0);
      Files.setLastModifiedTime(file(), old);
      now = now.plusSeconds(5);
      view.update();
      assertThat("nothing new", Files.getLastModifiedTime(file()), is(old));
      run.add(LedgerEvent.ofStep(What.STEP_BEGAN, KEY, "import").inAttempt(1));
      view.progress("trips", new StepProgress("written", 5, 10L, 2, 3, null, 0, 1L));
      view.update();
      assertThat(page(), containsString("5 of 10 written"));
      assertThat(page(), containsString("Written at 2026-01-31 23:26:06 UTC"));
      now = now.plusSeconds(13);
      view.update();
      assertThat(page(), containsString("Written at 2026-01-31 23:26:19 UTC"));
    }
  }

  @Test
  void aPageThatCannotBeWrittenAtFirstIsAMistakeAndLaterARemark() throws Exception {
    try (PageView view = view()) {
      Files.delete(file());
      Files.createDirectories(file().resolve("in the way"));
      for (int i = 0; i < 3; i++) {
        now = now.plusSeconds(60);
        view.update();
      }
      assertThat(
          printed.errors(), contains(startsWith("sluice: the page " + file() + " cannot be")));
    }
    JobException e = assertThrows(JobException.class, this::view);
    assertThat(e.getMessage(), startsWith("--page=" + file() + " cannot be written: "));
  }
}
