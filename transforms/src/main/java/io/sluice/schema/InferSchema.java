/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.KeySchema;
import io.sluice.item.page.ItemPage;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;

/**
 * Infers the schema of all items of a scan. Where the scan has done that already, for each segment
 * ({@code ScanTable.withSchema}), no page is decompressed. Emits one element if there are pages,
 * which a table without items has too, since each segment has at least one. Pages are in the global
 * window.
 */
public final class InferSchema
    extends PTransform<PCollection<ItemPage>, PCollection<InferredSchema>> {
  private static final long serialVersionUID = 1L;

  private final KeySchema key;

  private InferSchema(KeySchema key) {
    this.key = key;
  }

  /** Returns an inference for items of a table with this key. */
  public static InferSchema of(KeySchema key) {
    return new InferSchema(key);
  }

  /**
   * Converts what was inferred to the schema of a table's files, as JSON.
   *
   * @param table the table's name
   */
  public static SerializableFunction<InferredSchema, String> asJson(
      String table, ColumnNaming naming, TableSchema.Maps maps) {
    return inferred -> inferred.toSchema(table, naming, maps).toJson();
  }

  @Override
  public PCollection<InferredSchema> expand(PCollection<ItemPage> pages) {
    // A default would be one more thing to wait for, which the DirectRunner polls.
    return pages.apply("Infer", Combine.globally(new InferFn(key)).withoutDefaults());
  }

  private static final class InferFn
      extends Combine.CombineFn<ItemPage, InferredSchema, InferredSchema> {
    private static final long serialVersionUID = 1L;

    private final KeySchema key;

    InferFn(KeySchema key) {
      this.key = key;
    }

    @Override
    public InferredSchema createAccumulator() {
      return InferredSchema.of(key);
    }

    @Override
    public InferredSchema addInput(InferredSchema inferred, ItemPage page) {
      byte[] summary = page.summary();
      if (summary == null) {
        page.walk(inferred::add);
      } else if (summary.length > 0) {
        inferred.merge(InferredSchema.ofBytes(summary));
      }
      return inferred;
    }

    @Override
    public InferredSchema mergeAccumulators(Iterable<InferredSchema> parts) {
      InferredSchema all = createAccumulator();
      parts.forEach(all::merge);
      return all;
    }

    @Override
    public InferredSchema extractOutput(InferredSchema inferred) {
      return inferred;
    }

    @Override
    public Coder<InferredSchema> getAccumulatorCoder(
        CoderRegistry registry, Coder<ItemPage> inputCoder) {
      return InferredSchemaCoder.of();
    }

    @Override
    public Coder<InferredSchema> getDefaultOutputCoder(
        CoderRegistry registry, Coder<ItemPage> inputCoder) {
      return InferredSchemaCoder.of();
    }
  }
}
