/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.capacity.Throttle;
import io.sluice.item.page.ItemPage;
import io.sluice.report.Consumption;
import io.sluice.report.Tally;
import io.sluice.report.UnitMeter;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;

/**
 * Adds up the read units of the pages of a {@link ScanTable}, and when they were consumed; without
 * those of pages that an earlier start had read. Pages are in the global window.
 */
public final class MeterScan extends PTransform<PCollection<ItemPage>, PCollection<Tally>> {
  private static final long serialVersionUID = 1L;

  private final double allowed;

  private MeterScan(double allowed) {
    this.allowed = allowed;
  }

  /**
   * Creates the meter of this scan. What it may use is taken from the table as it was described.
   */
  public static MeterScan of(ScanTable scan) {
    return new MeterScan(scan.spec.allowed());
  }

  @Override
  public PCollection<Tally> expand(PCollection<ItemPage> pages) {
    return pages.apply("Meter", ParDo.of(new MeterFn(allowed)));
  }

  private static final class MeterFn extends DoFn<ItemPage, Tally> {
    private static final long serialVersionUID = 1L;
    private static final long MILLIS = 1000;

    private final double allowed;
    private transient UnitMeter meter;

    MeterFn(double allowed) {
      this.allowed = allowed;
    }

    @StartBundle
    public void startBundle() {
      meter = new UnitMeter();
    }

    @ProcessElement
    public void processElement(@Element ItemPage page) {
      if (page.isTakenOver()) {
        return;
      }
      ItemPage.Mark mark = page.mark();
      meter.answered(
          Map.of(Throttle.TABLE, mark.units()),
          allowed,
          Math.floorDiv(mark.time().lastMillis(), MILLIS));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      Consumption consumption = Consumption.ofReads(meter.take());
      if (!consumption.isNone()) {
        GlobalWindow window = GlobalWindow.INSTANCE;
        context.output(Tally.of(consumption), window.maxTimestamp(), window);
      }
    }
  }
}
