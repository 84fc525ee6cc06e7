/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.failure.Rejection;
import io.sluice.item.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that is damaged, which costs no record but its own. */
class DamagedJsonChangesTest {
  @TempDir Path folder;

  private ChangeFolder changes() {
    return new ChangeFolder(folder);
  }

  @Test
  void aRecordThatIsNoneIsOneRejection() throws IOException {
    String good = ChangeFolder.STEPS.get(0).ofStream();
    String bad = good.replace("\"SequenceNumber\":\"4", "\"SequenceNumber\":\"x");
    Path file =
        changes()
            .write(
                "a",
                good + "\n" + bad + "\n" + good + "{\"Records\":[" + bad + "," + good + ",5]}");
    ReadNow read = changes().read();
    assertThat(read.changes.size(), is(3));
    assertThat(read.rejections.size(), is(3));
    Rejection rejection = read.rejections.get(0);
    assertThat(rejection.origin().file(), is(file.toString()));
    assertThat(rejection.origin().offset(), is(good.getBytes(UTF_8).length + 1L));
    assertThat(new String(rejection.payload(), UTF_8), is(bad));
    assertThat(rejection.reason(), is(Reason.MALFORMED));
    assertThat(rejection.format().name(), is("CHANGE"));
    assertThat(new String(read.rejections.get(2).payload(), UTF_8), is("5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2",
        "[[1],[2]]",
        "1],[2",
        "1]2",
        "[1[2]",
        "[1,2]]",
        "[1,2]}",
        "{\"Records\":[1,2]",
        "{\"Records\":[1,2],\"x\":"
      })
  void bracketsWithoutTheirCounterpartAreRejected(String shape) throws IOException {
    changes()
        .write(
            "a",
            shape
                .replaceFirst("1", ChangeFolder.STEPS.get(0).ofStream().replace("\\", "\\\\"))
                .replaceFirst(
                    "2(?=[^0-9]*$)", ChangeFolder.STEPS.get(1).ofStream().replace("\\", "\\\\")));
    ReadNow read = changes().read();
    assertThat(read.changes.size(), is(2));
    assertThat(read.rejections, is(not(empty())));
    assertThat(read.rejections.get(0).message(), containsString("a list"));
  }

  /** The records of one list are 1 and 2, and that elsewhere is 3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Records\":[1,2],\"Records\":[3]}",
        "{\"Records\":[1,2], \"x\":[{}],\"detail\":3}",
        "{\"Records\":[1,2],\"detail-type\":\"x\",\"\\u0052ecords\":[3]}",
        "{\"Records\":[1,2],\"eventName\":\"INSERT\",\"dynamodb\":3}",
        "{\"Records\":[1,2],\"eventSourceARN\":\"x\"}",
        "{\"Records\":[1,2],\"x\":[3]}",
        "{\"x\":1,\"Records\":[1,2],\"Records\":[3]}",
        "{\"x\":1,\"Records\":[1,2],\"detail\":3}",
        "{\"detail-type\":1,\"detail\":1,\"detail\":3}",
      })
  void recordsBesideAListAreCounted(String shape) throws IOException {
    changes().write("a", records(shape));
    ReadNow read = changes().read(ChangeFormat.STREAM);
    assertThat(read.changes.size(), is(shape.startsWith("{\"Records") ? 2 : 0));
    assertThat(read.rejections.size(), is(1));
  }

  /** The object that holds records in two places, or is one itself, begins behind the bracket. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"Records\":[2],DYNAMODB},1]",
        "[{DYNAMODB,\"Records\":[2]},1]",
        "[{DYNAMODB,\"x\":0,\"Records\":{\"a\":2}},1]",
        "[{\"Records\":[2],\"eventID\":\"x\"},1]",
        "[{\"Records\":[2],\"x\":[3]},1]",
        "[{\"Records\":[2],\"detail\":3},1]",
        "[{\"Records\":[2],\"data\":\"BASE64\",\"eventSource\":\"aws:kinesis\"},1]",
        "[{DYNAMODB,\"kinesis\":{\"data\":\"BASE64\"}},1]",
        "[{DYNAMODB,\"data\":\"BASE64\",\"eventSource\":\"aws:kinesis\"},1]",
        "[{DYNAMODB,\"detail-type\":\"x\",\"detail\":2},1]",
        "[{\"detail-type\":\"x\",\"detail\":2,\"x\":[3]},1]",
        "[{\"kinesis\":{\"data\":\"BASE64\"},\"x\":{\"kinesis\":{\"data\":\"BASE64\"}}},1]",
      })
  void aRecordThatHoldsOthersIsRejected(String shape) throws IOException {
    String record =
        ChangeFolder.STEPS.get(0).ofStream().replace("\"eventSource\":\"aws:dynamodb\",", "");
    String text =
        records(shape)
            .replace("DYNAMODB", record.substring(1, record.length() - 1))
            .replace("BASE64", Base64.getEncoder().encodeToString(record.getBytes(UTF_8)));
    changes().write("a", text);
    ReadNow read = changes().read(ChangeFormat.STREAM);
    assertThat(read.rejections.size(), is(1));
    assertThat(read.rejections.get(0).reason(), is(Reason.MALFORMED));
    assertThat(read.rejections.get(0).origin().offset(), is(1L));
    assertThat(read.changes.size(), is(1));
    long last = (text.length() - 1) - ChangeFolder.STEPS.get(1).ofStream().length();
    assertThat(read.changes.get(0).origin().offset(), is(last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"Records\":[1]},{\"Records\":[2],\"x\":1},3]",
        "{\"Records\":[1,2,3],\"NextShardIterator\":\"detail\",\"x\":{\"Records\":[]}}",
        "{\"x\":\"y\",\"Records\":[1,{\"detail-type\":\"x\",\"detail\":2}, 3]}",
      })
  void envelopesMayBeElementsAndHaveOtherMembers(String shape) throws IOException {
    changes().write("a", records(shape));
    ReadNow read = changes().read();
    assertThat(read.rejections, is(empty()));
    assertThat(read.changes.size(), is(3));
  }

  private static String records(String shape) {
    String text = shape;
    for (int i = 1; i <= 3; i++) {
      text =
          text.replaceFirst(
              "(?<=[\\[:,] ?)" + i + "(?=[\\],}])",
              ChangeFolder.STEPS.get(i).ofStream().replace("\\", "\\\\"));
    }
    return text;
  }

  /** What Jackson does not allow, it says without a place. */
  @ParameterizedTest
  @ValueSource(strings = {"STREAM", "KINESIS", "SIMPLE"})
  void oneOddRecordFailsNoOther(ChangeFormat format) throws IOException {
    History.Step step = ChangeFolder.STEPS.get(0);
    String good =
        switch (format) {
          case STREAM -> step.ofStream();
          case KINESIS -> step.ofKinesis(true);
          default -> step.ofSimple();
        };
    String longName = good.replaceFirst("\\{", "{\"" + "x".repeat(60_000) + "\":1,");
    String longNumber =
        good.replaceFirst("(DateTime\":|sequenceNumber\":)\"?[0-9.]+\"?", "$1" + "1".repeat(2_000));
    changes().write("a", good + "\n" + longName + "\n" + longNumber + "\n" + good);
    ReadNow read = changes().read(format);
    // A name may be long, but SIMPLE has no other members.
    assertThat(read.changes.size(), is(format == ChangeFormat.SIMPLE ? 2 : 3));
    assertThat(read.rejections.size(), is(4 - read.changes.size()));
  }

  @Test
  void anObjectThatIsTooLongCostsNoOther() throws IOException {
    String good = ChangeFolder.STEPS.get(0).ofStream();
    changes()
        .write(
            "a",
            good
                + "{\"eventID\":\""
                + "x".repeat(17 << 20)
                + "\"}"
                + good
                + "\n"
                + good.substring(0, 40));
    ReadNow read = changes().read();
    assertThat(read.changes.size(), is(2));
    assertThat(
        read.rejections.stream().map(Rejection::reason).toList(),
        is(List.of(Reason.RECORD_TOO_LONG, Reason.MALFORMED)));
    assertThat(read.rejections.get(0).payload().length, is(64 << 10));
  }

  @Test
  void truncatedCompressedFilesFailTheJob() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(ChangeFolder.all(History.Step::ofStream, "").getBytes(UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    Files.write(folder.resolve("a"), whole);
    assertThat(changes().read().table(), is(History.table(ChangeFolder.STEPS)));
    Files.write(folder.resolve("b"), Arrays.copyOf(whole, whole.length - 9));
    assertThrows(IOException.class, () -> changes().read());
  }

  @Test
  void aFileThatEndsWithinARecordIsRejectedWhenNoneContinuesIt() throws IOException {
    String record = ChangeFolder.STEPS.get(0).ofStream();
    changes().write("a", record + record.substring(0, 100));
    changes().write("b", record);
    ReadNow read = changes().read();
    assertThat(read.changes.size(), is(2));
    assertThat(read.rejections.size(), is(1));
    assertThat(read.rejections.get(0).origin().offset(), is((long) record.getBytes(UTF_8).length));
  }
}
