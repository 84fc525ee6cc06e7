/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Cleaner.Cleanable;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A source that scans a table as pages. It is a {@link BoundedSource}, since that streams on every
 * runner. It ignores the bundle size that a runner wants, because DynamoDB reports sizes with a
 * delay of hours.
 */
final class ScanSource extends BoundedSource<ItemPage> {
  private static final long serialVersionUID = 1L;

  /** The least size of a segment, of a table that seems to be empty. */
  private static final long LEAST_SEGMENT_BYTES = 1 << 20;

  private final ScanSpec spec;

  /** The segments that a split reads concurrently; null before the split. */
  private final @Nullable List<Integer> segments;

  private ScanSource(ScanSpec spec, @Nullable List<Integer> segments) {
    this.spec = spec;
    this.segments = segments;
  }

  static ScanSource of(ScanSpec spec) {
    return new ScanSource(spec.settled(), null);
  }

  /** Returns the part of the source that reads these segments. */
  ScanSource of(List<Integer> some) {
    return new ScanSource(spec, some);
  }

  /** Returns the segments that a split reads. */
  List<Integer> segments() {
    return segments == null ? IntStream.range(0, spec.segments()).boxed().toList() : segments;
  }

  @Override
  public List<ScanSource> split(long desiredBundleSizeBytes, PipelineOptions options) {
    if (segments != null) {
      return List.of(this);
    }
    if (spec.hasOneReader()) {
      return List.of(new ScanSource(spec, Segments.mixed(spec.segments())));
    }
    if (spec.checkpoints() != null) {
      return Segments.divided(spec.segments(), spec.groups()).stream()
          .map(some -> new ScanSource(spec, some))
          .toList();
    }
    long wanted = getEstimatedSizeBytes(options) / Math.max(1, desiredBundleSizeBytes);
    return Segments.splits(spec.segments(), spec.workers(), wanted).stream()
        .map(some -> new ScanSource(spec, some))
        .toList();
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    int total = spec.segments();
    long ofSegment = Math.max(LEAST_SEGMENT_BYTES, spec.bytes() / total);
    return ofSegment * (segments == null ? total : segments.size());
  }

  @Override
  public Coder<ItemPage> getOutputCoder() {
    return ItemPageCoder.of();
  }

  @Override
  public BoundedReader<ItemPage> createReader(PipelineOptions options) {
    return new Reader(this, segments(), options.as(AwsOptions.class));
  }

  private static final class Reader extends BoundedReader<ItemPage> {
    private static final String NAMESPACE = "sluice";

    /** Closes the feeds of readers that nobody closed: Spark drops those of killed tasks. */
    private static final Cleaner DROPPED = Cleaner.create();

    private final Counter items = Metrics.counter(NAMESPACE, "read.items");
    private final Counter evaluated = Metrics.counter(NAMESPACE, "read.evaluated");
    private final Counter units = Metrics.counter(NAMESPACE, "read.units");
    private final Counter requests = Metrics.counter(NAMESPACE, "read.requests");
    private final Counter throttled = Metrics.counter(NAMESPACE, "read.throttled");
    private final Counter retried = Metrics.counter(NAMESPACE, "read.retried");

    private final ScanSource source;
    private final List<Integer> segments;
    private final AwsOptions options;
    private @Nullable Reading reading;
    private @Nullable Cleanable end;
    private @Nullable ItemPage current;

    /** The fraction of a unit that has not been counted yet: a counter takes whole units. */
    private double unitsLeft;

    Reader(ScanSource source, List<Integer> segments, AwsOptions options) {
      this.source = source;
      this.segments = segments;
      this.options = options;
    }

    @Override
    public boolean start() throws IOException {
      Reading begun = Reading.begin(source.spec, segments, options);
      reading = begun;
      end = DROPPED.register(this, begun);
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      if (reading == null) {
        throw new IOException("the reader was closed");
      }
      PageFeed feed = reading.feed;
      try {
        current = feed.next();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("the scan was given up").initCause(e);
      } finally {
        countFailures(feed);
      }
      if (current == null) {
        units.inc(Math.round(unitsLeft));
        unitsLeft = 0;
        return false;
      }
      count(current);
      if (source.spec.partBytes() > 0) {
        current = current.inPart(reading.parts.of(current));
      }
      return true;
    }

    private void countFailures(PageFeed from) {
      int again = from.takeRetried();
      throttled.inc(from.takeThrottled());
      retried.inc(again);
      requests.inc(again);
    }

    private void count(ItemPage page) {
      items.inc(page.count());
      evaluated.inc(page.mark().evaluated());
      if (page.isTakenOver()) {
        return;
      }
      requests.inc();
      unitsLeft += page.mark().units();
      long whole = (long) unitsLeft;
      units.inc(whole);
      unitsLeft -= whole;
    }

    @Override
    public ItemPage getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public Double getFractionConsumed() {
      return reading == null ? 0.0 : (double) reading.feed.ended() / segments.size();
    }

    @Override
    public ScanSource getCurrentSource() {
      return source;
    }

    @Override
    public void close() {
      if (end != null) {
        end.clean();
        end = null;
        reading = null;
      }
    }
  }

  /**
   * The part of the session that a reader holds and gives back once. It does not refer to the
   * reader, so that a dropped reader can be detected.
   */
  static final class Reading implements Runnable {
    private final ScanSession session;
    private final PageFeed feed;
    private final ScanParts parts;

    private Reading(ScanSession session, PageFeed feed, int segments) {
      this.session = session;
      this.feed = feed;
      this.parts = ScanParts.of(session, segments);
    }

    static Reading begin(ScanSpec spec, List<Integer> segments, AwsOptions options) {
      ScanSession session = ScanSession.enter(spec, options);
      try {
        return new Reading(session, new PageFeed(session, segments), segments.size());
      } catch (Throwable e) {
        session.leave();
        throw e;
      }
    }

    @Override
    public void run() {
      feed.close();
      session.leave();
    }
  }
}
