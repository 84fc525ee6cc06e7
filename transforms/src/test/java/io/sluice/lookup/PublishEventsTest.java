/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.lookup.event.EventFile;
import io.sluice.lookup.event.EventTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the folder of a result, whatever is there. */
class PublishEventsTest {
  @TempDir Path folder;

  private EventTarget target(String run) {
    return new EventTarget(folder.resolve("out").toString(), run);
  }

  private String written() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith(EventTarget.PART)) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  /** A step that is killed after any of its actions begins anew, with the same files or others. */
  @Test
  void publishingMayBeRepeated() throws Exception {
    EventTarget target = target("run-1");
    TaskResult first = staged(target, "aa-part-00000.json", "part-00000.json", "one\n");
    TaskResult again = staged(target, "bb-part-00000.json", "part-00000.json", "two\n");
    Path out = folder.resolve("out");
    Files.writeString(out.resolve("_staging/_publishing"), "");
    Files.writeString(out.resolve("part-00001.json"), "of an attempt that was killed");
    new PublishEvents(target, List.of(first)).publish();
    assertThat(written(), is("one\n"));
    assertThat(Files.exists(out.resolve("_staging")), is(false));
    new PublishEvents(target, List.of(again)).publish();
    assertThat("it was published already", written(), is("one\n"));

    Files.delete(out.resolve("_SUCCESS"));
    again = staged(target, "bb-part-00000.json", "part-00000.json", "two\n");
    Files.writeString(out.resolve("_staging/_publishing"), "");
    new PublishEvents(target, List.of(again)).publish();
    assertThat(written(), is("two\n"));
    assertThat(
        assertThrows(
                IOException.class, () -> new PublishEvents(target("run-2"), List.of()).publish())
            .getMessage(),
        containsString("it has the result of an earlier lookup"));
    assertThat(written(), is("two\n"));
  }

  /** Events may be in files of the same names as ours. */
  @Test
  void filesOfOthersAreNotTakenForThoseOfAnAttempt() throws Exception {
    EventTarget target = target("run-1");
    TaskResult result = staged(target, "aa-part-00000.json", "part-00000.json", "one\n");
    Path theirs = folder.resolve("out/part-00001.json");
    Files.writeString(theirs, "of others");
    PublishEvents publish = new PublishEvents(target, List.of(result));
    assertThat(
        assertThrows(IOException.class, publish::publish).getMessage(),
        containsString("it has files that no lookup wrote, such as part-00001.json"));
    publish.withdraw();
    assertThat(written(), is("of others"));
    assertThat(PublishEvents.problem(target).isPresent(), is(true));
  }

  /** Otherwise the next run would take them for files of others. */
  @Test
  void whatIsWithdrawnLeavesNothingOfAnAttemptThatWasKilled() throws Exception {
    EventTarget target = target("run-2");
    TaskResult result = staged(target, "aa-part-00000.json", "part-00000.json", "one\n");
    Files.writeString(folder.resolve("out/_staging/_publishing"), "");
    Files.writeString(folder.resolve("out/part-00001.json"), "of an attempt that was killed");
    assertThat(PublishEvents.problem(target).isPresent(), is(false));
    new PublishEvents(target, List.of(result)).withdraw();
    assertThat(target.folder().list().keySet(), is(empty()));
  }

  private static TaskResult staged(EventTarget target, String staged, String name, String text)
      throws IOException {
    Path file = Path.of(target.staging(), staged);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return new TaskResult(
        LookupCounts.NONE, List.of(new EventFile(name, staged, 1, text.length(), "")));
  }
}
