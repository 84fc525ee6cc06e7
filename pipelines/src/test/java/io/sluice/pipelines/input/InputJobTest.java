/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job of files says of itself. */
class InputJobTest {

  @ParameterizedTest
  @CsvSource({
    "import, clicks -> products",
    "verify, clicks =? products",
    "lookup, clicks in products"
  })
  void theTitleSaysWhatIsDone(String pipeline, String title) {
    JobInput input =
        new JobInput() {
          @Override
          public Optional<String> title() {
            return Optional.of("clicks");
          }

          @Override
          public long bytes() {
            return 0;
          }

          @Override
          public boolean isCompressed() {
            return false;
          }

          @Override
          public Map<String, Object> properties() {
            return Map.of();
          }
        };
    KeySchema schema = KeySchema.of(new KeyAttribute("id", KeyAttribute.Type.S));
    TableInfo table = TableInfo.toBe("products", schema, null, OnDemandUnits.NONE);
    assertThat(
        new InputJob(pipeline, null, null, input, table, 0, Instant.EPOCH).title(), is(title));
  }
}
