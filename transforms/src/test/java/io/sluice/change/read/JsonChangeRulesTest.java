/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.record.Change;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a record of JSON must say to be a change, and its place in the order. */
class JsonChangeRulesTest {
  @TempDir Path folder;

  private ChangeFolder changes() {
    return new ChangeFolder(folder);
  }

  @Test
  void changesOfAnotherTableAreRefusedOrLeftOut() throws IOException {
    History.Step step = ChangeFolder.STEPS.get(0);
    for (Function<History.Step, String> form :
        List.<Function<History.Step, String>>of(
            History.Step::ofStream, one -> one.ofKinesis(false))) {
      String other =
          form.apply(step).replace("table/trips/", "table/cars/").replace("\"trips\"", "\"cars\"");
      changes().write("a", form.apply(step) + other + other);
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
    changes().write("a", step.ofSimple());
    ChangeInput simple = ReadNow.find(null, folder.toString());
    assertThrows(IllegalArgumentException.class, () -> simple.ofTable("cars"));
    assertThrows(IllegalArgumentException.class, () -> simple.orderedBy("x"));
  }

  /** If a record that cannot be read said which table is meant, it would be any. */
  @Test
  void theFirstRecordThatCanBeReadSaysWhichTableIsMeant() throws IOException {
    History.Step step = ChangeFolder.STEPS.get(0);
    for (String record : List.of(step.ofStream(), step.ofKinesis(true))) {
      String other = record.replace("table/trips/", "table/cars/").replace("\"trips\"", "\"cars\"");
      String bad = other.replaceFirst("\"Keys\":\\{", "$0\"x\":1,");
      changes().write("a", bad);
      changes().write("b", bad + record + other);
      ReadNow read = changes().read();
      assertThat(read.changes.size(), is(1));
      assertThat(read.rejections.size(), is(3));
      assertThat(read.rejections.get(2).message(), containsString("--changesOf"));
    }
  }

  @Test
  void recordsOfAnotherTableAreLeftOutWhateverElseTheySay() throws IOException {
    History.Step step = ChangeFolder.STEPS.get(0);
    String image = ",\"NewImage\":.*?(?=,\"S[ei])";
    for (String record : List.of(step.ofStream(), step.ofKinesis(true))) {
      String other = record.replace("table/trips/", "table/cars/").replace("\"trips\"", "\"cars\"");
      String keysOnly = other.replaceFirst(image, "");
      changes()
          .write(
              "a", record + keysOnly + other.replaceAll("(Number|DateTime)\"", "x$0") + keysOnly);
      ReadNow trips = ReadNow.of(ReadNow.find(null, folder.toString()).ofTable("trips"));
      assertThat(trips.rejections, is(empty()));
      assertThat(trips.skipped, is(3));
      assertThat(trips.changes.size(), is(1));
      changes().write("a", record + record.replaceFirst(image, ""));
      ReadNow garbage = ReadNow.of(ReadNow.find(null, folder.toString()).ofTable("trips"));
      assertThat(garbage.rejections.get(0).message(), containsString("NewImage is missing"));
    }
  }

  /** Its first record has a smaller number than those of the stream before, and is the later. */
  @Test
  void aStreamThatWasEnabledAgainFollowsTheOther() throws IOException {
    String old = ChangeFolder.STEPS.get(0).ofStream();
    String again =
        old.replace("2026-01-31T23:26:00.123", "2026-02-01T00:00:00.000")
            .replace("\"SequenceNumber\":\"442158", "\"SequenceNumber\":\"142158");
    changes().write("a", again + old);
    ReadNow read = changes().read();
    Change first = read.changes.get(0);
    assertThat(Change.compareOrder(first, read.changes.get(1)) > 0, is(true));
    changes().write("a", again + old.replaceAll(",\"eventSourceARN\":\"[^\"]*\"", ""));
    assertThat(changes().read().rejections.size(), is(1));
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
    changes().write("a", later + same + later + earlier);
    List<Change> changes = changes().read().changes;
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
    changes().write("a", record + changed);
    ReadNow read = changes().read();
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
        "{'action':'PUT','sequenceNumber':'12','object':{'pk':'a','pk':'b'}}; a name twice",
        "{'action':'PUT','sequenceNumber':'12','object':{'pk':''}}; empty",
        "{'action':'PUT','sequenceNumber':'12','object':{'pk':5}}; ",
      })
  void simpleRecordsAreChecked(String record, String why) throws IOException {
    changes().write("a", ChangeFolder.STEPS.get(0).ofSimple() + record.replace('\'', '"'));
    ReadNow read = changes().read();
    assertThat(read.rejections.size(), is(why == null ? 0 : 1));
    if (why != null) {
      assertThat(read.rejections.get(0).message(), containsString(why));
    } else {
      assertThat(read.changes.get(1).sequence(), is(BigInteger.valueOf(12)));
    }
  }
}
