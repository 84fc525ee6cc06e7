/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.sluice.item.page.Buckets;
import io.sluice.source.KeyFrom;
import io.sluice.source.jdbc.value.JsonAs;
import java.sql.Types;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSourceTest {
  private static final long BYTES = 1_000_000;

  private static RowSource source(int slices, int threads) {
    RowsPlan plan =
        new RowsPlan(
            Database.of("jdbc:postgresql://host/shop", null, null, List.of()),
            "t",
            new RowSql("t", "\"id\"", "\"id\""),
            List.of(new RowColumn("id", "text", Types.VARCHAR, 0)),
            JsonAs.NESTED,
            IntStream.rangeClosed(1, slices)
                .mapToObj(i -> new RowSlice(i, "from " + i, "to " + i, false))
                .toList(),
            "snapshot",
            10_000,
            BYTES);
    return new RowSource(
        new RowOpener(plan, KeyFrom.RECORD, null, List.of()), Buckets.ONE, threads);
  }

  private static int size(RowSource source) {
    return SerializableUtils.serializeToByteArray(source).length;
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "4, 63"})
  void eachSplitCarriesItsOwnSlicesOnly(int threads, int count) {
    List<RowSource> splits = source(1000, threads).split(0, PipelineOptionsFactory.create());
    assertThat(splits.size(), is(count));
    int ofOne = size(source(1000 / count, threads));
    for (RowSource split : splits) {
      assertThat(size(split), lessThan(ofOne + 1000));
    }
    long bytes =
        splits.stream()
            .mapToLong(split -> split.getEstimatedSizeBytes(PipelineOptionsFactory.create()))
            .sum();
    assertThat(bytes, is(BYTES));
  }
}
