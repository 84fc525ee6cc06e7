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
import org.apache.beam.sdk.values.PCollection;

/**
 * Finds out what occurs in the items of a scan, all of them. Gives one element when there are
 * pages, which there are of a table without items too: a segment has one at least. Pages are in the
 * global window.
 */
public final class InferSchema
    extends PTransform<PCollection<ItemPage>, PCollection<InferredSchema>> {
  private static final long serialVersionUID = 1L;

  private final KeySchema key;

  private InferSchema(KeySchema key) {
    this.key = key;
  }

  /** Of items of a table with this key. */
  public static InferSchema of(KeySchema key) {
    return new InferSchema(key);
  }

  @Override
  public PCollection<InferredSchema> expand(PCollection<ItemPage> pages) {
    // A default would be one more thing to wait for: the DirectRunner asks again and again.
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
      page.forEach(inferred::add);
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
