/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.record.Change;
import io.sluice.failure.Rejection;
import io.sluice.format.UnreadableFileException;
import io.sluice.item.Reason;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes that are objects of JSON, in the shapes and envelopes that are met. */
class JsonChangesTest {
  @TempDir Path folder;

  private static final List<History.Step> STEPS = History.of(new Random(7), 9);

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String all(Function<History.Step, String> record, String between) {
    return String.join(between, STEPS.stream().map(record).toList());
  }

  private ReadNow read() throws IOException {
    return ReadNow.of(ReadNow.find(null, folder.toString()));
  }

  private String refusal(ChangeFormat format) {
    return assertThrows(
            UnreadableFileException.class, () -> ReadNow.find(format, folder.toString()))
        .getMessage();
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
    write("a", all(step -> wrapped(way, step), ""));
    ChangeInput input = ReadNow.find(null, folder.toString());
    assertThat(input.format(), is(format));
    ReadNow read = ReadNow.of(input);
    assertThat(read.rejections, is(empty()));
    assertThat(read.changes.size(), is(STEPS.size()));
    assertThat(read.table(), is(History.table(STEPS)));
  }

  @Test
  void theOriginIsWhereTheRecordBegins() throws IOException {
    String first = "{\"Records\" : [ " + STEPS.get(0).ofStream() + " , ";
    Path file = write("a", "\n" + first + STEPS.get(1).ofStream() + "]}");
    ReadNow read = read();
    assertThat(
        read.changes.stream().map(change -> change.origin().offset()).toList(),
        is(List.of(16L, 1L + first.getBytes(UTF_8).length)));
    assertThat(read.changes.get(0).origin().file(), is(file.toString()));
    assertThat(read.changes.get(0).sequence(), is(STEPS.get(0).placeInStream()));
  }

  @Test
  void aRecordThatIsNoneIsOneRejection() throws IOException {
    String good = STEPS.get(0).ofStream();
    String bad = good.replace("\"SequenceNumber\":\"4", "\"SequenceNumber\":\"x");
    Path file =
        write("a", good + "\n" + bad + "\n" + good + "{\"Records\":[" + bad + "," + good + ",5]}");
    ReadNow read = read();
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
    write(
        "a",
        shape
            .replaceFirst("1", STEPS.get(0).ofStream().replace("\\", "\\\\"))
            .replaceFirst("2(?=[^0-9]*$)", STEPS.get(1).ofStream().replace("\\", "\\\\")));
    ReadNow read = read();
    assertThat(read.changes.size(), is(2));
    assertThat(read.rejections, is(not(empty())));
    assertThat(read.rejections.get(0).message(), containsString("a list"));
  }

  @Test
  void anObjectThatIsTooLongCostsNoOther() throws IOException {
    String good = STEPS.get(0).ofStream();
    write(
        "a",
        good
            + "{\"eventID\":\""
            + "x".repeat(17 << 20)
            + "\"}"
            + good
            + "\n"
            + good.substring(0, 40));
    ReadNow read = read();
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
      gzip.write(all(History.Step::ofStream, "").getBytes(UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    Files.write(folder.resolve("a"), whole);
    assertThat(read().table(), is(History.table(STEPS)));
    Files.write(folder.resolve("b"), Arrays.copyOf(whole, whole.length - 9));
    assertThrows(IOException.class, this::read);
  }

  @Test
  void aRecordMayGoOnInTheNextFileOfAFolder() throws IOException {
    String text = all(History.Step::ofStream, "\n");
    int cut = text.indexOf("\"Keys\"", 600) + 3;
    write("part-1", text.substring(0, cut));
    write("part-2", text.substring(cut, cut + 20));
    write("part-3", "");
    write("part-4", text.substring(cut + 20));
    ReadNow read = read();
    assertThat(read.rejections, is(empty()));
    assertThat(read.table(), is(History.table(STEPS)));
    Files.delete(folder.resolve("part-2"));
    ReadNow lost = read();
    assertThat(lost.changes.size(), is(STEPS.size() - 1));
    assertThat(lost.rejections.size(), is(1));
  }

  @Test
  void aFileThatEndsWithinARecordIsRejectedWhenNoneContinuesIt() throws IOException {
    String record = STEPS.get(0).ofStream();
    write("a", record + record.substring(0, 100));
    write("b", record);
    ReadNow read = read();
    assertThat(read.changes.size(), is(2));
    assertThat(read.rejections.size(), is(1));
    assertThat(read.rejections.get(0).origin().offset(), is((long) record.getBytes(UTF_8).length));
  }

  @Test
  void changesOfAnotherTableAreRefusedOrLeftOut() throws IOException {
    History.Step step = STEPS.get(0);
    for (Function<History.Step, String> form :
        List.<Function<History.Step, String>>of(
            History.Step::ofStream, one -> one.ofKinesis(false))) {
      String other =
          form.apply(step).replace("table/trips/", "table/cars/").replace("\"trips\"", "\"cars\"");
      write("a", form.apply(step) + other + other);
      ChangeInput input = ReadNow.find(null, folder.toString());
      ReadNow read = ReadNow.of(input);
      assertThat(read.changes.size(), is(1));
      assertThat(read.rejections.size(), is(2));
      assertThat(read.rejections.get(0).message(), containsString("--changesOf"));
      ReadNow cars = ReadNow.of(input.ofTable("cars"));
      assertThat(cars.changes.size(), is(2));
      assertThat(cars.skipped, is(1));
      assertThat(cars.rejections, is(empty()));
    }
    write("a", step.ofSimple());
    ChangeInput simple = ReadNow.find(null, folder.toString());
    assertThrows(IllegalArgumentException.class, () -> simple.ofTable("cars"));
    assertThrows(IllegalArgumentException.class, () -> simple.orderedBy("x"));
  }

  /** Its first record has a smaller number than those of the stream before, and is the later. */
  @Test
  void aStreamThatWasEnabledAgainFollowsTheOther() throws IOException {
    String old = STEPS.get(0).ofStream();
    String again =
        old.replace("2026-01-31T23:26:00.123", "2026-02-01T00:00:00.000")
            .replace("\"SequenceNumber\":\"442158", "\"SequenceNumber\":\"142158");
    write("a", again + old);
    ReadNow read = read();
    Change first = read.changes.get(0);
    assertThat(Change.compareOrder(first, read.changes.get(1)) > 0, is(true));
    write("a", again + old.replaceAll(",\"eventSourceARN\":\"[^\"]*\"", ""));
    assertThat(read().rejections.size(), is(1));
  }

  @Test
  void changesOfKinesisAreOrderedByTimeAndMayTie() throws IOException {
    History.Step step = new History.Step(1, "k", Map.of("pk", AttributeValue.fromS("k")), true);
    String later = step.ofKinesis(true);
    String same =
        later
            .replace("\"eventID\":\"1\"", "\"eventID\":\"2\"")
            .replace("\"NewImage\":{", "\"NewImage\":{\"x\":{\"S\":\"y\"},");
    String earlier = step.ofKinesis(false).replace("1769902000001", "1769902000000");
    write("a", later + same + later + earlier);
    List<Change> changes = read().changes;
    assertThat(changes.get(0).sequence(), is(BigInteger.valueOf(1_769_902_000_001_500L)));
    assertThat(changes.get(3).sequence(), is(BigInteger.valueOf(1_769_902_000_000_000L)));
    assertThat(changes.get(3).millis(), is(1_769_902_000_000L));
    assertThat(Change.isTie(changes.get(0), changes.get(1)), is(true));
    assertThat(Change.isTie(changes.get(0), changes.get(2)), is(false));
    assertThat(Change.isTie(changes.get(0), changes.get(3)), is(false));
    assertThat(Change.compareOrder(changes.get(0), changes.get(1)) < 0, is(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "'MICROSECOND'; 'SECOND'; Precision is not known",
        "1769902000001500; 1; ",
        "1769902000001500; -1; no time",
        "1769902000001500; 'x'; no time",
        "1769902000001500; 1769902000001500000; no time of its precision",
        "'Keys'; 'Kexs'; Keys are missing",
        "'INSERT'; 'UPSERT'; eventName is none",
        "'NewImage'; 'OldImage'; NewImage is missing",
        "'NewImage':{'pk':{'S':'k0'; 'NewImage':{'pk':{'S':'j0'; another key",
        "'NewImage':{'pk':{'S':'k0'}; 'NewImage':{'pk':{'S':'k0'},'':{'S':'x'}; name",
      })
  void recordsOfKinesisAreChecked(String part, String other, String why) throws IOException {
    String record =
        new History.Step(1, "k0", Map.of("pk", AttributeValue.fromS("k0")), true).ofKinesis(true);
    String changed = record.replace(part.replace('\'', '"'), other.replace('\'', '"'));
    write("a", record + changed);
    ReadNow read = read();
    if (why == null) {
      assertThat(read.rejections, is(empty()));
    } else {
      assertThat(read.rejections.size(), is(1));
      assertThat(
          read.rejections.get(0).message(), allOf(containsString(why), not(containsString("k0"))));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{'action':'PUT','sequenceNumber':12,'object':{'pk':'a'}}; ",
        "{'sequenceNumber':'12','object':{'pk':'a'},'action':'INSERT'}; ",
        "{'action':'DELETE','sequenceNumber':'12','object':{'pk':'a','more':1}}; ",
        "{'action':'REMOVE','sequenceNumber':'12','object':{'id':'a'}}; missing",
        "{'action':'REMOVE','sequenceNumber':'12'}; its object is missing",
        "{'action':'MODIFY','sequenceNumber':'12','object':[]}; its object is missing",
        "{'action':'UPSERT','sequenceNumber':'12','object':{'pk':'a'}}; its action is none",
        "{'action':'PUT','sequenceNumber':'1.5','object':{'pk':'a'}}; no whole number",
        "{'action':'PUT','sequenceNumber':null,'object':{'pk':'a'}}; no whole number",
        "{'action':'PUT','sequenceNumber':'12','object':{'pk':'a'},'table':'x'}; a member besides",
        "{'action':'PUT','sequenceNumber':'12','object':{'pk':'a','pk':'b'}}; not JSON",
        "{'action':'PUT','sequenceNumber':'12','object':{'pk':''}}; empty",
        "{'action':'PUT','sequenceNumber':'12','object':{'pk':5}}; ",
      })
  void simpleRecordsAreChecked(String record, String why) throws IOException {
    write("a", STEPS.get(0).ofSimple() + record.replace('\'', '"'));
    ReadNow read = read();
    assertThat(read.rejections.size(), is(why == null ? 0 : 1));
    if (why != null) {
      assertThat(read.rejections.get(0).message(), containsString(why));
    } else {
      assertThat(read.changes.get(1).sequence(), is(BigInteger.valueOf(12)));
    }
  }

  @Test
  void otherFilesAreRefusedByName() throws IOException {
    Path file = write("a.json", "{\"pk\":\"x\"}\n");
    assertThat(
        refusal(null),
        is(
            file
                + " holds no changes of a form that is known by its beginning: give --changeFormat"));
    assertThat(refusal(ChangeFormat.DMS), containsString("neither CSV nor Parquet"));
    assertThat(refusal(ChangeFormat.FEED), containsString("is no folder of a feed"));
    assertThat(
        refusal(ChangeFormat.INCREMENTAL_EXPORT), containsString("is no folder of an export"));
    write("a.json", STEPS.get(0).ofStream());
    assertThat(
        refusal(ChangeFormat.KINESIS),
        is(file + " has changes of the form STREAM, and not KINESIS"));
    Files.delete(file);
    write("a.csv", "eventName,pk\nINSERT,x\n");
    assertThat(refusal(null), containsString("holds changes that are not read: rows whose column"));
    assertThrows(
        FileNotFoundException.class, () -> ReadNow.find(null, folder.resolve("none").toString()));
    Path feed = write("changes_trips/change_hour=2026-01-31T23/1.json.gz", "x");
    assertThat(
        assertThrows(UnreadableFileException.class, () -> ReadNow.find(null, feed.toString()))
            .getMessage(),
        containsString("give its folder, " + folder + "/changes_trips/"));
  }

  @Test
  void anEmptyInputHasNoChanges() throws IOException {
    write("a", "");
    write("b", "\n");
    write("c", "[]");
    assertThat(read(ChangeFormat.STREAM).changes, is(empty()));
    assertThat(read(ChangeFormat.STREAM).rejections, is(empty()));
  }

  private ReadNow read(ChangeFormat format) throws IOException {
    return ReadNow.of(ReadNow.find(format, folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "KINESIS", "Incremental_Export", "dms", "SIMPLE", "feed"})
  void formsHaveNames(String name) {
    assertThat(ChangeFormat.parse(name).name().equalsIgnoreCase(name), is(true));
  }

  @Test
  void anUnknownFormIsRefused() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> ChangeFormat.parse("x")).getMessage(),
        is(
            "the form of changes is x, must be one of [STREAM, KINESIS, INCREMENTAL_EXPORT, DMS,"
                + " SIMPLE, FEED]"));
  }
}
