/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The board on a disk and in S3, and the folder of a job around it. */
class FolderBoardTest {
  private static LocalAws aws;

  @TempDir Path disk;

  @BeforeAll
  static void useS3() {
    aws = LocalAws.shared();
    LocalS3.options(aws);
  }

  /** Has characters that are wildcards. */
  private String folder(String kind) {
    return kind.equals("s3")
        ? "s3://" + aws.bucket() + "/" + UUID.randomUUID() + "/a [b]*"
        : disk.resolve("a [b]").toString();
  }

  private static Map<String, Long> list(Board board) throws IOException {
    Map<String, Long> found = new TreeMap<>();
    for (Board.Posting posting : board.list()) {
      found.put(posting.name(), posting.modifiedMillis());
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "s3"})
  void putsListsAndDeletes(String kind) throws IOException {
    FolderBoard board = new FolderBoard(folder(kind));
    assertThat(board.list(), is(empty()));
    board.put("one");
    board.put("two");
    board.put("two");
    Map<String, Long> found = list(board);
    assertThat(found.keySet(), containsInAnyOrder("one", "two"));
    assertThat(found.get("two"), is(greaterThanOrEqualTo(found.get("one"))));
    board.delete(List.of("one", "three"));
    assertThat(list(board).keySet(), containsInAnyOrder("two"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "s3"})
  void aFolderOfAJobLeavesNothing(String kind) throws IOException {
    String base = folder(kind) + "/_coordination";
    JobFolder job = JobFolder.newIn(base + "/");
    job.prepare();
    assertThat(job.done(), is(Optional.empty()));
    FolderBoard step = new FolderBoard(job.name() + "/step");
    Negotiator one = new Negotiator("00000000000000aa", step, System::nanoTime, () -> {});
    Negotiator two = new Negotiator("00000000000000bb", step, System::nanoTime, () -> {});
    one.join();
    one.round(new Demand(MemberState.ALL, 1, 100, 200, 1_000));
    assertThat(one.allowance(0.5).share(), is(1.0));
    two.join();
    two.round(new Demand(MemberState.ALL, 1, 10, 20, -1));
    one.round(new Demand(MemberState.ALL, 1, 110, 220, 1_000));
    two.round(new Demand(MemberState.ALL, 1, 11, 22, -1));
    assertThat(one.allowance(0.5).share(), is(0.5));
    assertThat(two.allowance(0.5).share(), is(0.5));
    two.leave(new Demand(0, 1, 12, 24, -1));
    assertThat(two.allowance(0.5).share(), is(0.0));
    one.round(new Demand(MemberState.ALL, 1, 111, 222, 1_000));
    assertThat(one.allowance(0.5).share(), is(1.0));
    assertThat(job.done(), is(Optional.of(new JobFolder.Done(123, 246, 1_000, 1))));
    JobFolder other = JobFolder.newIn(base);
    other.prepare();
    assertThat("another job leaves it alone", job.done().isPresent(), is(true));
    other.delete();
    job.delete();
    assertThat(job.done(), is(Optional.empty()));
    if (kind.equals("disk")) {
      assertThat(Files.exists(Path.of(job.name())), is(false));
    }
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    String state = "00ff00ff00ff00ff-000000000012-0-0-4-1000-2000-x";
    String job = "0a1b2c3d-0000-4000-8000-00000000000f";
    List<Path> others =
        List.of(
            old("other"),
            old("probe"),
            old("any/probe"),
            old("any/where/" + state),
            old(job + "/step/other"),
            old("any/" + job + "/probe"));
    Path left = old(job + "/step/" + state);
    Path probe = old(job + "/probe");
    JobFolder next = JobFolder.newIn(disk.resolve("base").toString());
    next.prepare();
    next.delete();
    assertThat(Files.exists(left) || Files.exists(probe), is(false));
    for (Path other : others) {
      assertThat(other.toString(), Files.exists(other), is(true));
    }
  }

  /** Writes a file of long ago below the folder of the folders of jobs. */
  private Path old(String name) throws IOException {
    Path file = disk.resolve("base").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    return Files.setLastModifiedTime(file, FileTime.fromMillis(0));
  }
}
