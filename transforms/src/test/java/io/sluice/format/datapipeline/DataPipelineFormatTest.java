/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.datapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.Reason;
import io.sluice.source.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DataPipelineFormatTest {
  private static final DataPipelineFormat FORMAT = new DataPipelineFormat();
  private static final String FILE =
      """
      {"id":{"s":"x"},"n":{"n":"1"}}

      Name\3{"s":"Hill"}\2a b:c\3{"m":{}}\r
      garbage
      {"id":{"s":"y"}}\
      """;
  private static final List<Object> OUTCOMES =
      List.of(
          Map.of("id", fromS("x"), "n", fromN("1")),
          Map.of("Name", fromS("Hill"), "a b:c", fromM(Map.of())),
          Reason.MALFORMED,
          Map.of("id", fromS("y")));

  @Test
  void bothFormsInOneFile() {
    assertThat(Reads.outcomes(FORMAT, FILE), equalTo(OUTCOMES));
    assertThat(Reads.outcomes(FORMAT, "\uFEFF" + FILE), equalTo(OUTCOMES));
  }

  @Test
  void aNativeExportsEnvelopeIsNotOpened() {
    assertThat(
        Reads.outcomes(FORMAT, "{\"Item\":{\"id\":{\"S\":\"x\"}}}"),
        equalTo(List.of(Reason.NOT_OF_TYPE)));
  }

  @Test
  void itIsReadFromTheMiddle() {
    byte[] file = FILE.getBytes(UTF_8);
    assertThat(FORMAT.splittable(file), is(true));
    List<Reads.Read> whole = Reads.all(FORMAT, file);
    for (int cut = 1; cut < file.length; cut++) {
      List<Reads.Read> parts = new ArrayList<>(Reads.slice(FORMAT, file, 0, cut));
      parts.addAll(Reads.slice(FORMAT, file, cut, file.length));
      assertThat(parts, equalTo(whole));
    }
  }

  @Test
  void anItemMayBeChanged() {
    int changed = 0;
    for (Reads.Read read : Reads.all(FORMAT, FILE)) {
      if (read.item() != null) {
        Map<String, AttributeValue> item = read.item();
        item.put("made", fromS("key"));
        assertThat(item.get("made"), is(fromS("key")));
        changed++;
      }
    }
    assertThat(changed, greaterThan(0));
  }

  @Test
  void theManifestIsNoData() {
    assertThat(FORMAT.isData("manifest"), is(false));
    assertThat(FORMAT.isData("0cfec4b2-3d1e-4b1c-9a8e-2d1f6c9e7b31"), is(true));
    assertThat(FORMAT.isData("manifest.json"), is(true));
  }

  @Test
  void theFormatIsSerializable() {
    SerializableUtils.ensureSerializable(FORMAT);
  }
}
