/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.amazon.ion.IonDatagram;
import com.amazon.ion.IonStruct;
import com.amazon.ion.IonSystem;
import com.amazon.ion.system.IonSystemBuilder;
import io.sluice.item.ItemCursor;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemNumber;
import io.sluice.item.SourcedItem;
import io.sluice.source.Records;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that are written as Ion come back as they were, and are Ion to others. */
class IonRoundTripTest {
  private static final IonSystem SYSTEM = IonSystemBuilder.standard().build();

  private static byte[] write(List<Map<String, AttributeValue>> items) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    IonLines lines = new IonLines(out);
    for (Map<String, AttributeValue> item : items) {
      lines.write(ItemCursor.of(SourcedItem.withoutOrigin(item)));
    }
    lines.flush();
    return out.toByteArray();
  }

  private static void assertComeBack(List<Map<String, AttributeValue>> items) throws IOException {
    byte[] file = write(items);
    List<Records.Result> read = Records.of(new IonFormat(), file);
    assertThat(read.size(), is(items.size()));
    IonDatagram others = SYSTEM.getLoader().load(file);
    assertThat(others.size(), is(items.size()));
    for (int i = 0; i < items.size(); i++) {
      assertThat(ItemDiff.differing(items.get(i), read.get(i).item()), is(empty()));
      IonStruct item = (IonStruct) ((IonStruct) others.get(i)).get("Item");
      assertThat(item.size(), is(items.get(i).size()));
    }
  }

  @Property(tries = 300)
  void anyItem(@ForAll("items") Map<String, AttributeValue> item) throws IOException {
    assertComeBack(List.of(item));
  }

  @Provide
  Arbitrary<Map<String, AttributeValue>> items() {
    return Items.items();
  }

  @Property(tries = 500)
  void anyNumber(@ForAll("numbers") String number) throws IOException {
    byte[] file = write(List.of(Map.of("n", AttributeValue.fromN(number))));
    String back = Records.of(new IonFormat(), file).get(0).item().get("n").n();
    assertThat(ItemNumber.canonical(back), is(ItemNumber.canonical(number)));
    IonStruct record = (IonStruct) SYSTEM.getLoader().load(file).get(0);
    BigDecimal other =
        ((com.amazon.ion.IonDecimal) ((IonStruct) record.get("Item")).get("n")).bigDecimalValue();
    assertThat(other.compareTo(new BigDecimal(ItemNumber.canonical(number))), is(0));
  }

  @Provide
  Arbitrary<String> numbers() {
    return Items.numbers();
  }

  @Test
  void itemsWithNamesAsInReality() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      assertComeBack(AlikeItems.of(new Random(seed)));
    }
  }

  /** The text is the one of the service's documentation. */
  @Test
  void theText() throws IOException {
    Map<String, AttributeValue> item =
        new java.util.TreeMap<>(
            Map.of(
                "Id", AttributeValue.fromN("103"),
                "a b", AttributeValue.fromNs(List.of("1", "0.50", "1E-130")),
                "null", AttributeValue.fromNul(true),
                "set", AttributeValue.fromSs(List.of("x\ny"))));
    assertThat(
        new String(write(List.of(item)), UTF_8),
        is(
            "$ion_1_0 {Item:{Id:103.,'a b':$dynamodb_NS::[0.50,1.,1d-130],'null':null,"
                + "set:$dynamodb_SS::[\"x\\x0ay\"]}}\n"));
  }
}
