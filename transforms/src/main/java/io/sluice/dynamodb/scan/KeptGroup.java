/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.dynamodb.checkpoint.CheckpointChain;
import io.sluice.dynamodb.checkpoint.Checkpoints;
import io.sluice.dynamodb.checkpoint.KeptPage;
import io.sluice.item.page.ItemPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A group of segments whose pages are kept for a later start of the job before they go on. No more
 * pages are requested, or read and not kept, than the group has segments. They are written when
 * half as many are read: so a file has several pages, and segments are read meanwhile.
 *
 * <p>Used by the threads that read the segments.
 */
final class KeptGroup {
  private final CheckpointChain chain;
  private final Map<Integer, SegmentScan> scans;
  private final Pages out;
  private final int most;

  // Guarded by the chain.
  private boolean takenOver;
  private @Nullable IOException unusable;

  // Guarded by this.
  private final List<Read> waiting = new ArrayList<>();
  private int notKept;
  private int running;
  private boolean writing;

  /** Takes the pages on. */
  interface Pages {
    /** Waits until there is room for more. */
    void awaitRoom() throws InterruptedException;

    /** Takes a page. */
    void put(ItemPage page) throws IOException;
  }

  /** A page as it goes on, and as it is kept. */
  private record Read(ItemPage page, KeptPage kept) {}

  private KeptGroup(CheckpointChain chain, Map<Integer, SegmentScan> scans, Pages out) {
    this.chain = chain;
    this.scans = scans;
    this.out = out;
    this.most = scans.size();
    this.running = scans.size();
  }

  /**
   * Returns the group of each segment of a reader; none if the scan keeps no pages.
   *
   * @param all whole groups
   */
  static Map<SegmentScan, KeptGroup> of(ScanSpec spec, List<SegmentScan> all, Pages out) {
    Map<SegmentScan, KeptGroup> groups = new HashMap<>();
    Checkpoints checkpoints = spec.checkpoints();
    if (checkpoints == null) {
      return groups;
    }
    Map<Integer, SegmentScan> scans =
        all.stream().collect(Collectors.toMap(SegmentScan::segment, scan -> scan));
    List<List<Integer>> divided = Segments.divided(spec.segments(), spec.groups());
    for (int number = 0; number < divided.size(); number++) {
      Map<Integer, SegmentScan> some = new HashMap<>(scans);
      some.keySet().retainAll(divided.get(number));
      if (!some.isEmpty()) {
        KeptGroup group = new KeptGroup(checkpoints.chain(number), some, out);
        some.values().forEach(scan -> groups.put(scan, group));
      }
    }
    return groups;
  }

  /** Reads a segment to its end. */
  void readAll(SegmentScan scan) throws IOException, InterruptedException {
    takeOver();
    while (!scan.hasEnded()) {
      out.awaitRoom();
      begin();
      ItemPage page = scan.next();
      add(new Read(page, scan.kept(page)));
      keepIfDue();
    }
    end();
    keepIfDue();
  }

  /** Takes over what earlier starts have kept, before any of the segments is read. */
  private void takeOver() throws IOException, InterruptedException {
    synchronized (chain) {
      if (unusable != null) {
        throw unusable;
      }
      if (!takenOver) {
        try {
          chain.read(this::takeOver);
        } catch (IOException e) {
          unusable = e;
          throw e;
        } catch (InterruptedException e) {
          // The other threads are about to be interrupted.
          unusable = new IOException("the reading of kept pages was given up");
          throw e;
        }
        takenOver = true;
      }
    }
  }

  private void takeOver(KeptPage kept) throws IOException, InterruptedException {
    SegmentScan scan = scans.get(kept.page().mark().segment());
    if (scan == null) {
      throw new IOException(
          chain.folder() + " has pages of segments that do not belong to it, and cannot be used");
    }
    out.awaitRoom();
    out.put(scan.takeOver(kept));
  }

  /** Waits until one more page may be requested. */
  private synchronized void begin() throws InterruptedException {
    while (notKept >= most) {
      wait();
    }
    notKept++;
  }

  private synchronized void add(Read page) {
    waiting.add(page);
  }

  private synchronized void end() {
    running--;
  }

  private void keepIfDue() throws IOException {
    for (List<Read> some = takeDue(); !some.isEmpty(); some = takeDue()) {
      chain.add(some.stream().map(Read::kept).toList());
      for (Read read : some) {
        out.put(read.page());
      }
      kept(some.size());
    }
  }

  /** Returns the pages that this thread is to keep; none if another does, or they are few. */
  private synchronized List<Read> takeDue() {
    boolean isDue = running == 0 || waiting.size() >= (most + 1) / 2;
    if (writing || waiting.isEmpty() || !isDue) {
      return List.of();
    }
    writing = true;
    List<Read> due = List.copyOf(waiting);
    waiting.clear();
    return due;
  }

  private synchronized void kept(int pages) {
    writing = false;
    notKept -= pages;
    notifyAll();
  }
}
