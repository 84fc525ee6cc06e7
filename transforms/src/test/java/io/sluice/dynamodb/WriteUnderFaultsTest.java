/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.report.Outcome;
import io.sluice.testing.Outcomes;
import io.sluice.testing.endpoint.EndpointSettings;
import io.sluice.testing.endpoint.Fault;
import io.sluice.testing.endpoint.Faults;
import io.sluice.testing.endpoint.SimulatedDynamoDb;
import io.sluice.testing.endpoint.SimulatedTable;
import io.sluice.testing.endpoint.Storage;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WriteUnderFaultsTest {
  private static final KeySchema KEY = new KeySchema(KeyAttribute.parse("id:S"), null);
  private static final int ITEMS = 20_000;
  private static final int POISON_EVERY = 1_000;

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void writesEachItemInSpiteOfFaults(WriteEngine engine) {
    Faults faults = Faults.none().of("BatchWriteItem");
    for (Fault fault : Fault.values()) {
      faults = faults.with(fault, fault.name().startsWith("HANG") ? 0 : 0.05);
    }
    EndpointSettings settings =
        EndpointSettings.of(SimulatedTable.of("t", "id:S").withProvisioned(100_000, 1000))
            .withStorage(Storage.DISTINCT)
            .withTrickleMillis(300)
            .withFaults(faults);
    try (SimulatedDynamoDb db = SimulatedDynamoDb.start(settings)) {
      TestPipeline pipeline = Outcomes.pipeline();
      boolean poisoned = engine == WriteEngine.ASYNC;
      Outcome outcome =
          pipeline
              .apply(GenerateSequence.from(0).to(ITEMS))
              .apply(MapElements.via(new ToItem(poisoned)))
              .apply(
                  WriteTable.to("t", KEY)
                      .withEngine(engine)
                      .withClient(
                          ClientConfiguration.builder()
                              .endpoint(db.endpoint())
                              .region(Region.US_EAST_1)
                              .credentialsProvider(
                                  StaticCredentialsProvider.create(
                                      AwsBasicCredentials.create("a", "b")))
                              .build()));
      long bad = poisoned ? ITEMS / POISON_EVERY : 0;
      pipeline.run().waitUntilFinish();
      System.out.println(db.books().seconds());
      assertThat(db.books().itemsStored(), is(ITEMS - bad));
    }
  }

  private static final class ToItem extends SimpleFunction<Long, SourcedItem> {
    private final boolean poisoned;

    ToItem(boolean poisoned) {
      this.poisoned = poisoned;
    }

    @Override
    public SourcedItem apply(Long i) {
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("id", fromS("item-" + i));
      item.put("n", fromN(Long.toString(i)));
      if (poisoned && i % POISON_EVERY == 0) {
        item.put("poison", fromS("yes"));
      }
      return SourcedItem.withoutOrigin(item);
    }
  }
}
