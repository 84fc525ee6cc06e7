/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.SectionJson;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Has DynamoDB itself load items from S3: writes them to files of DynamoDB JSON, starts the
 * operation, waits for its end, and makes rejections of what it refused. Items are checked, and of
 * each primary key there is at most one.
 *
 * <p>The step may be repeated at any point, also by another job with the same folder: the operation
 * is started once for a claim of files, which is written before and found again. If one that an
 * earlier job has started failed, or nothing is left of what it wrote, another one is started.
 *
 * <p>Counts {@link Count#WRITTEN} by what DynamoDB says. If that and the items that it lists as
 * refused are not all that were staged, the step fails, and the files stay.
 */
public final class BulkLoad extends PTransform<PCollection<SourcedPage>, Outcome> {
  private static final long serialVersionUID = 1L;

  /** The output with a {@link LoadSection}, as JSON. */
  public static final TupleTag<String> SECTION = new TupleTag<>("section") {};

  private final LoadSpec spec;

  private BulkLoad(LoadSpec spec) {
    this.spec = spec;
  }

  public static BulkLoad of(LoadSpec spec) {
    return new BulkLoad(spec);
  }

  /** Returns the section of the report, also when nothing was to be loaded. */
  public static PCollectionView<String> sectionOf(Outcome outcome) {
    return outcome
        .get(SECTION)
        .apply("Load section", View.<String>asSingleton().withDefaultValue(LoadSection.NOTHING));
  }

  @Override
  public Outcome expand(PCollection<SourcedPage> pages) {
    PCollectionTuple outputs =
        pages
            .apply(
                "Stage",
                StageItems.in(StagedRun.staged(spec.folder(), spec.submission()), spec.schema()))
            .apply("All files", Combine.globally(new AllFn()).withoutDefaults())
            .setCoder(ListCoder.of(SerializableCoder.of(StagedFile.class)))
            .apply(
                "Load", ParDo.of(new LoadFn(spec)).withOutputTags(SECTION, Outcome.SIDE_OUTPUTS));
    return Outcome.of(outputs);
  }

  /** Lists all files in an order that does not depend on that of the bundles. */
  private static final class AllFn
      extends Combine.CombineFn<StagedFile, AllFn.All, List<StagedFile>> {
    private static final long serialVersionUID = 1L;

    static final class All implements Serializable {
      private static final long serialVersionUID = 1L;
      private final ArrayList<StagedFile> files = new ArrayList<>();

      @Override
      public boolean equals(Object o) {
        return o instanceof All other && files.equals(other.files);
      }

      @Override
      public int hashCode() {
        return files.hashCode();
      }
    }

    @Override
    public All createAccumulator() {
      return new All();
    }

    @Override
    public All addInput(All all, StagedFile file) {
      all.files.add(file);
      return all;
    }

    @Override
    public All mergeAccumulators(Iterable<All> parts) {
      All all = new All();
      parts.forEach(part -> all.files.addAll(part.files));
      return all;
    }

    @Override
    public List<StagedFile> extractOutput(All all) {
      List<StagedFile> sorted = new ArrayList<>(all.files);
      sorted.sort(Comparator.comparing(StagedFile::name));
      return sorted;
    }

    @Override
    public Coder<All> getAccumulatorCoder(CoderRegistry registry, Coder<StagedFile> input) {
      return SerializableCoder.of(All.class);
    }
  }

  private static final class LoadFn extends DoFn<List<StagedFile>, String> {
    private static final long serialVersionUID = 1L;
    private final LoadSpec spec;
    private transient BundleTally tally;

    LoadFn(LoadSpec spec) {
      this.spec = spec;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element List<StagedFile> files,
        MultiOutputReceiver out,
        BoundedWindow window,
        PipelineOptions options)
        throws IOException {
      Loading.Result result;
      try {
        result =
            new Loading(spec, options.as(AwsOptions.class))
                .of(
                    files,
                    rejection -> {
                      tally.add(rejection, window);
                      out.get(Outcome.REJECTIONS).output(rejection);
                    });
      } catch (SdkException e) {
        throw LoadException.of(e, spec.folder());
      }
      tally.add(Count.WRITTEN, result.written(), window);
      out.get(SECTION).output(SectionJson.write(result.section()));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
