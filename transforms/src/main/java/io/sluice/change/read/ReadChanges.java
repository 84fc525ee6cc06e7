/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeCoder;
import io.sluice.failure.Rejection;
import io.sluice.format.UnreadableFileException;
import io.sluice.item.KeySchema;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads files as changes: every record becomes a change or a rejection, or is counted as skipped,
 * if it is blank or of a table that is left out. The outputs are {@link #CHANGES}, {@link
 * Outcome#REJECTIONS} and {@link Outcome#TALLIES}.
 *
 * <p>A file is read by one reader. Of files of JSON that continue each other, a record may be
 * spread over the ends: what a file leaves is grouped with what others leave, and read again
 * together. A file that cannot be read, or is not as its manifest or commit says, fails the bundle.
 * A retried bundle reads the same records again: only what the successful attempt has given
 * remains.
 */
public final class ReadChanges extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The changes, in no order, and as often as they are recorded. */
  public static final TupleTag<Change> CHANGES = new TupleTag<>("changes") {};

  private static final TupleTag<KV<Integer, Fragment>> FRAGMENTS = new TupleTag<>("fragments") {};

  private final List<ChangeFile> files;
  private final ChangeForm form;
  private final KeySchema schema;

  private ReadChanges(List<ChangeFile> files, ChangeForm form, KeySchema schema) {
    this.files = List.copyOf(files);
    this.form = form;
    this.schema = schema;
  }

  /**
   * Reads files that were listed.
   *
   * @param schema the primary key of the table
   */
  public static ReadChanges of(ChangeInput input, KeySchema schema) {
    return new ReadChanges(input.files(), input.form(), schema);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple read =
        begin
            .apply(
                "Files of changes",
                Create.of(files).withCoder(SerializableCoder.of(ChangeFile.class)))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "Read files",
                ParDo.of(new ReadFn(form, schema))
                    .withOutputTags(CHANGES, Outcome.SIDE_OUTPUTS.and(FRAGMENTS)));
    read.get(CHANGES).setCoder(ChangeCoder.of());
    PCollectionTuple joined =
        read.get(FRAGMENTS)
            .setCoder(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(Fragment.class)))
            .apply("Group what files leave", GroupByKey.create())
            .apply(
                "Join what files leave",
                ParDo.of(new JoinFn(form, schema)).withOutputTags(CHANGES, Outcome.SIDE_OUTPUTS));
    joined.get(CHANGES).setCoder(ChangeCoder.of());
    return PCollectionTuple.of(CHANGES, both(CHANGES, read, joined))
        .and(Outcome.REJECTIONS, both(Outcome.REJECTIONS, read, joined))
        .and(Outcome.TALLIES, both(Outcome.TALLIES, read, joined));
  }

  private static <T> PCollection<T> both(
      TupleTag<T> tag, PCollectionTuple read, PCollectionTuple joined) {
    return PCollectionList.of(read.get(tag))
        .and(joined.get(tag))
        .apply("All " + tag.getId(), Flatten.pCollections());
  }

  private static final class ReadFn extends DoFn<ChangeFile, Change> {
    private static final long serialVersionUID = 1L;
    private final ChangeForm form;
    private final KeySchema schema;
    private transient BundleTally tally;

    ReadFn(ChangeForm form, KeySchema schema) {
      this.form = form;
      this.schema = schema;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element ChangeFile file, MultiOutputReceiver out, BoundedWindow window)
        throws IOException {
      try {
        Outputs outputs = new Outputs(file.group(), out, tally, window);
        form.read(file, schema, outputs);
        outputs.count();
      } catch (UnreadableFileException e) {
        throw e;
      } catch (IOException e) {
        throw new UnreadableFileException(file.slice().file(), e);
      } catch (Error e) {
        throw new UnreadableFileException(file.slice().file(), e);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }

  private static final class JoinFn extends DoFn<KV<Integer, Iterable<Fragment>>, Change> {
    private static final long serialVersionUID = 1L;
    private final ChangeForm form;
    private final KeySchema schema;
    private transient BundleTally tally;

    JoinFn(ChangeForm form, KeySchema schema) {
      this.form = form;
      this.schema = schema;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<Fragment>> left,
        MultiOutputReceiver out,
        BoundedWindow window) {
      List<Fragment> fragments = new ArrayList<>();
      left.getValue().forEach(fragments::add);
      Outputs outputs = new Outputs(left.getKey(), out, tally, window);
      form.join(fragments, schema, outputs);
      outputs.count();
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }

  /** Puts out and counts what is read. */
  private static final class Outputs implements ChangeSink {
    private final int group;
    private final DoFn.MultiOutputReceiver out;
    private final BundleTally tally;
    private final BoundedWindow window;
    private long read;
    private long skipped;

    Outputs(int group, DoFn.MultiOutputReceiver out, BundleTally tally, BoundedWindow window) {
      this.group = group;
      this.out = out;
      this.tally = tally;
      this.window = window;
    }

    @Override
    public void change(Change change) {
      read++;
      out.get(CHANGES).output(change);
    }

    @Override
    public void reject(Rejection rejection) {
      read++;
      tally.add(rejection, window);
      out.get(Outcome.REJECTIONS).output(rejection);
    }

    @Override
    public void skip() {
      read++;
      skipped++;
    }

    @Override
    public void fragment(Fragment fragment) {
      out.get(FRAGMENTS).output(KV.of(group, fragment));
    }

    /** Counts what was read and skipped, for all of it at once. */
    void count() {
      if (read > 0) {
        tally.add(Count.READ, read, window);
      }
      if (skipped > 0) {
        tally.add(Count.SKIPPED, skipped, window);
      }
    }
  }
}
