/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.dynamodb.session.RequestMeter;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.failure.Rejection;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import io.sluice.report.BundleTally;
import io.sluice.report.Consumption;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.UnitMeter;
import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes with many batches in flight. A bundle that succeeds has written everything, and counts it
 * at its end; its rejections are emitted as soon as DynamoDB has refused an item.
 */
final class AsyncWriter extends PTransform<PCollection<SourcedPage>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final WriteSpec spec;

  AsyncWriter(WriteSpec spec) {
    this.spec = spec;
  }

  @Override
  public Outcome expand(PCollection<SourcedPage> pages) {
    PCollectionTuple outputs =
        pages.apply(
            "Put many batches",
            ParDo.of(new PutFn(spec)).withOutputTags(Outcome.PAGES, Outcome.SIDE_OUTPUTS));
    outputs.get(Outcome.PAGES).setCoder(SourcedPageCoder.of());
    return Outcome.ofLast(outputs.get(Outcome.REJECTIONS), outputs.get(Outcome.TALLIES));
  }

  private static final class PutFn extends DoFn<SourcedPage, SourcedPage> {
    private static final long serialVersionUID = 1L;
    private static final String NAMESPACE = "sluice";

    private final Counter written = Metrics.counter(NAMESPACE, "write.items");
    private final Counter deleted = Metrics.counter(NAMESPACE, "write.deleted");
    private final Counter units = Metrics.counter(NAMESPACE, "write.units");
    private final Counter requests = Metrics.counter(NAMESPACE, "write.requests");
    private final Counter throttled = Metrics.counter(NAMESPACE, "write.throttled");
    private final Counter retried = Metrics.counter(NAMESPACE, "write.retried");
    private final Counter unprocessed = Metrics.counter(NAMESPACE, "write.unprocessed");
    private final Counter refused = Metrics.counter(NAMESPACE, "write.refused");

    private final WriteSpec spec;
    private transient AwsOptions options;
    private transient @Nullable WriteSession session;
    private transient BundleTally tally;
    private transient UnitMeter meter;
    private transient BoundedWindow ofLast;
    private transient @Nullable BatchWriter<PageWrites> writer;
    private transient BucketsAtWork atWork;

    /** Receives rejections: the receiver of the current call. */
    private transient Emitter emitter;

    private interface Emitter {
      void emit(Rejection rejection, BoundedWindow window);
    }

    PutFn(WriteSpec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup(PipelineOptions pipelineOptions) {
      options = pipelineOptions.as(AwsOptions.class);
      if (!spec.createsTable()) {
        // Takes its share of the budget, whether or not items arrive here.
        session = WriteSession.enter(spec, options);
      }
    }

    @StartBundle
    public void startBundle() {
      // Leftovers of a failed bundle do not belong to this one.
      cancel();
      tally = new BundleTally();
      meter = new UnitMeter();
      atWork = new BucketsAtWork();
    }

    @ProcessElement
    public void processElement(
        @Element SourcedPage page, MultiOutputReceiver out, BoundedWindow window)
        throws IOException, InterruptedException {
      emitter =
          (rejection, of) ->
              out.get(Outcome.REJECTIONS)
                  .outputWindowedValue(
                      rejection, of.maxTimestamp(), java.util.List.of(of), PaneInfo.NO_FIRING);
      ofLast = window;
      PageWrites writes = null;
      int done = 0;
      for (SourcedItem item : page) {
        if (spec.isTimeUp()) {
          tally.add(Count.LEFT, page.count() - done, window);
          if (writer != null) {
            writer.proceed();
          }
          return;
        }
        if (writes == null) {
          writes = atWork.begin(page, window, writer());
        }
        writes.begun();
        if (page.isOfDeletes()) {
          writer().delete(item, writes);
        } else {
          writer().put(item, writes);
        }
        done++;
      }
    }

    private BatchWriter<PageWrites> writer() {
      if (session == null) {
        session = WriteSession.enter(spec, options);
      }
      if (writer == null) {
        writer = new BatchWriter<>(session, new ToOutputs());
      }
      return writer;
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException, InterruptedException {
      emitter =
          (rejection, of) -> context.output(Outcome.REJECTIONS, rejection, of.maxTimestamp(), of);
      if (writer != null) {
        writer.finish();
        writer = null;
        // None may be added when the job is over, and has deleted them.
        session.keepMarks();
        tally.add(Consumption.ofWrites(meter.take()), ofLast);
      }
      tally.emit(context, Outcome.TALLIES);
    }

    @Teardown
    public void teardown() throws InterruptedException {
      cancel();
      if (session != null) {
        session.keepMarks();
        session.leave();
      }
    }

    private void cancel() {
      if (writer != null) {
        writer.cancel();
        writer = null;
      }
    }

    private final class ToOutputs implements WriteResults<PageWrites> {
      /** What an answer has done, until it is counted: all of it at once. */
      private int puts;

      private int deletes;
      private @Nullable BoundedWindow ofDone;

      @Override
      public void done(WriteAction action, SourcedItem item, PageWrites page) {
        page.done(session);
        if (page.window() != ofDone) {
          count();
          ofDone = page.window();
        }
        if (action == WriteAction.DELETE) {
          deletes++;
        } else {
          puts++;
        }
      }

      private void count() {
        if (deletes > 0) {
          tally.add(Count.DELETED, deletes, ofDone);
          deleted.inc(deletes);
          session.progress().deleted(session.table(), deletes);
          deletes = 0;
        }
        if (puts > 0) {
          tally.add(Count.WRITTEN, puts, ofDone);
          written.inc(puts);
          session.progress().wrote(session.table(), puts);
          puts = 0;
        }
      }

      @Override
      public void refused(WriteAction action, SourcedItem item, PageWrites page, String message) {
        Rejection rejection =
            action == WriteAction.DELETE
                ? Rejection.ofDelete(Rejection.Stage.WRITE, item, Reason.REFUSED, message)
                : Rejection.ofItem(Rejection.Stage.WRITE, item, Reason.REFUSED, message);
        page.refused();
        tally.add(rejection, page.window());
        refused.inc();
        session.progress().refusedOne();
        emitter.emit(rejection, page.window());
      }

      @Override
      public void answered(int left, Map<String, Double> consumed) {
        count();
        requests.inc();
        units.inc(Math.round(consumed.values().stream().mapToDouble(each -> each).sum()));
        unprocessed.inc(left);
        RequestMeter.answered(session, consumed, left > 0, meter);
      }

      @Override
      public void failed(RequestFailure kind, RuntimeException why) {
        count();
        requests.inc();
        if (kind == RequestFailure.THROTTLED) {
          throttled.inc();
        }
        if (kind != RequestFailure.INVALID) {
          retried.inc();
        }
        RequestMeter.failed(why, meter);
      }
    }
  }
}
