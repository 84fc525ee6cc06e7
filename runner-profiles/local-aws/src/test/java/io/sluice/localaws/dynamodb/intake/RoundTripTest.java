/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.value.RandomItems;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports random items and imports them again. */
class RoundTripTest {

  private static final int ITEMS = 300;

  private static Set<Map<String, Value>> put(S3Service service, long seed) {
    RandomItems random = new RandomItems(seed);
    Set<Map<String, Value>> items = new HashSet<>();
    for (int i = 0; i < ITEMS; i++) {
      Map<String, Value> item = new LinkedHashMap<>(random.item());
      item.put("h", new Value.S("p" + i % 50));
      item.put("r", new Value.N(BigDecimal.valueOf(i)));
      if (Sizes.of(item) <= Sizes.MAX_ITEM) {
        service.put("abc", item);
        items.add(item);
      }
    }
    return items;
  }

  @ParameterizedTest
  @ValueSource(strings = {"DYNAMODB_JSON", "ION"})
  void givesTheSameItems(String format) {
    long seed = System.nanoTime();
    S3Service service = S3Service.withRecovery();
    Set<Map<String, Value>> items = put(service, seed);
    service.ok(
        "ExportTableToPointInTime",
        "{'TableArn':'"
            + S3Service.ARN
            + "','S3Bucket':'bucket','S3Prefix':'a/b','ExportFormat':'"
            + format
            + "'}");
    service.runJobs();
    String manifest =
        service.keys("a/b/AWSDynamoDB/").stream()
            .filter(key -> key.endsWith("manifest-summary.json"))
            .findFirst()
            .orElseThrow();
    String data = manifest.replace("manifest-summary.json", "data/");
    service.ok(
        "ImportTable",
        "{'ClientToken':'t','S3BucketSource':{'S3Bucket':'bucket','S3KeyPrefix':'"
            + data
            + "'},'InputFormat':'"
            + format
            + "','InputCompressionType':'GZIP','TableCreationParameters':"
            + S3Service.table("copy")
            + "}");
    service.runJobs();
    assertThat("seed " + seed, service.items("copy"), is(items));
  }
}
