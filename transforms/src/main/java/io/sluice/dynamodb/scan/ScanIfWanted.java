/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Scans a table if a side input says so; otherwise there are no pages, and no request is sent. A
 * shuffle must follow soon: a step that is repeated scans again.
 */
final class ScanIfWanted extends PTransform<PBegin, PCollection<ItemPage>> {
  private static final long serialVersionUID = 1L;

  private final ScanSpec spec;
  private final PCollectionView<Boolean> wanted;

  ScanIfWanted(ScanSpec spec, PCollectionView<Boolean> wanted) {
    this.spec = spec;
    this.wanted = wanted;
  }

  @Override
  public PCollection<ItemPage> expand(PBegin begin) {
    ScanSource source = ScanSource.of(spec);
    return begin
        .apply("Once", Create.of(0))
        .apply("Segments", ParDo.of(new SegmentsFn(source, wanted)).withSideInputs(wanted))
        .setCoder(ListCoder.of(VarIntCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Scan", ParDo.of(new ScanFn(source)))
        .setCoder(ItemPageCoder.of());
  }

  private static final class SegmentsFn extends DoFn<Integer, List<Integer>> {
    private static final long serialVersionUID = 1L;
    private final ScanSource source;
    private final PCollectionView<Boolean> wanted;

    SegmentsFn(ScanSource source, PCollectionView<Boolean> wanted) {
      this.source = source;
      this.wanted = wanted;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      if (context.sideInput(wanted)) {
        source
            .split(Long.MAX_VALUE, context.getPipelineOptions())
            .forEach(split -> context.output(split.segments()));
      }
    }
  }

  private static final class ScanFn extends DoFn<List<Integer>, ItemPage> {
    private static final long serialVersionUID = 1L;
    private final ScanSource source;

    ScanFn(ScanSource source) {
      this.source = source;
    }

    @ProcessElement
    public void processElement(
        @Element List<Integer> segments, PipelineOptions options, OutputReceiver<ItemPage> out)
        throws IOException {
      try (BoundedReader<ItemPage> reader = source.of(segments).createReader(options)) {
        for (boolean more = reader.start(); more; more = reader.advance()) {
          out.output(reader.getCurrent());
        }
      }
    }
  }
}
