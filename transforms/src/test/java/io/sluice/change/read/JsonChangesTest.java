/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that are objects of JSON, in the shapes and envelopes that are met. */
class JsonChangesTest {
  @TempDir Path folder;

  private ChangeFolder changes() {
    return new ChangeFolder(folder);
  }

  /** Pretty-printed, with what services add. */
  private static String wrapped(String way, History.Step step) {
    String kinesis = step.ofKinesis(true);
    String data = History.base64(kinesis);
    return switch (way) {
      case "bare stream" -> step.ofStream();
      case "bare kinesis" -> kinesis;
      case "in lines of lists" -> "[" + step.ofStream() + "]\n";
      case "lambda" -> "{\"Records\":[" + step.ofStream() + "]}";
      case "client" ->
          "{\n \"Records\": [\n" + step.ofStream() + "\n], \"NextShardIterator\": \"x\"}\n";
      case "kinesis lambda" ->
          "{\"Records\":[{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"k\",\"sequenceNumber\":\"49\",\"data\":\""
              + data
              + "\",\"approximateArrivalTimestamp\":1.5},\"eventSource\":\"aws:kinesis\",\"eventID\":\"s:1\",\"eventName\":\"aws:kinesis:record\"}]}";
      case "kinesis pipes" ->
          "[{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"k\",\"sequenceNumber\":\"49\",\"data\":\""
              + data
              + "\",\"eventSource\":\"aws:kinesis\",\"eventID\":\"s:1\",\"eventName\":\"aws:kinesis:record\"}]";
      case "event bus" ->
          "{\"version\":\"0\",\"id\":\"x\",\"detail-type\":\"Event from aws:dynamodb\",\"source\":\"Pipe x\",\"detail\":"
              + step.ofStream()
              + "}";
      default -> step.ofSimple();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "bare stream, STREAM",
    "bare kinesis, KINESIS",
    "in lines of lists, STREAM",
    "lambda, STREAM",
    "client, STREAM",
    "kinesis lambda, KINESIS",
    "kinesis pipes, KINESIS",
    "event bus, STREAM",
    "simple, SIMPLE"
  })
  void allShapesAreRead(String way, ChangeFormat format) throws IOException {
    changes().write("a", ChangeFolder.all(step -> wrapped(way, step), ""));
    ChangeInput input = ReadNow.find(null, folder.toString());
    assertThat(input.format(), is(format));
    ReadNow read = ReadNow.of(input);
    assertThat(read.rejections, is(empty()));
    assertThat(read.changes.size(), is(ChangeFolder.STEPS.size()));
    assertThat(read.table(), is(History.table(ChangeFolder.STEPS)));
  }

  @Test
  void theOriginIsWhereTheRecordBegins() throws IOException {
    String first = "{\"Records\" : [ " + ChangeFolder.STEPS.get(0).ofStream() + " , ";
    Path file = changes().write("a", "\n" + first + ChangeFolder.STEPS.get(1).ofStream() + "]}");
    ReadNow read = changes().read();
    assertThat(
        read.changes.stream().map(change -> change.origin().offset()).toList(),
        is(List.of(16L, 1L + first.getBytes(UTF_8).length)));
    assertThat(read.changes.get(0).origin().file(), is(file.toString()));
    assertThat(read.changes.get(0).sequence(), is(ChangeFolder.STEPS.get(0).placeInStream()));
  }

  @Test
  void aRecordMayGoOnInTheNextFileOfAFolder() throws IOException {
    String text = ChangeFolder.all(History.Step::ofStream, "\n");
    int cut = text.indexOf("\"Keys\"", 600) + 3;
    changes().write("part-1", text.substring(0, cut));
    changes().write("part-2", text.substring(cut, cut + 20));
    changes().write("part-3", "");
    changes().write("part-4", text.substring(cut + 20));
    ReadNow read = changes().read();
    assertThat(read.rejections, is(empty()));
    assertThat(read.table(), is(History.table(ChangeFolder.STEPS)));
    Files.delete(folder.resolve("part-2"));
    ReadNow lost = changes().read();
    assertThat(lost.changes.size(), is(ChangeFolder.STEPS.size() - 1));
    assertThat(lost.rejections.size(), is(1));
  }

  @Test
  void anEmptyInputHasNoChanges() throws IOException {
    changes().write("a", "");
    changes().write("b", "\n");
    changes().write("c", "[]");
    assertThat(changes().read(ChangeFormat.STREAM).changes, is(empty()));
    assertThat(changes().read(ChangeFormat.STREAM).rejections, is(empty()));
  }
}
