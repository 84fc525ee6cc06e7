/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.dynamodb.verify.CompareTable;
import io.sluice.dynamodb.verify.Receipt;
import io.sluice.item.Reason;
import io.sluice.pipelines.input.ReceiptSection;
import io.sluice.report.Outcome;
import io.sluice.report.SectionJson;
import io.sluice.report.Tally;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Makes the receipt of a verification. */
final class ReceiptStep {
  private ReceiptStep() {}

  /**
   * Returns the section of the report.
   *
   * @param compared of {@link CompareTable}
   * @param unexpected what only the table has; null when it was not looked for
   */
  static PCollectionView<String> of(Outcome compared, @Nullable Outcome unexpected) {
    PCollection<Receipt> receipt = compared.get(CompareTable.RECEIPT);
    PCollection<String> json;
    if (unexpected == null) {
      json =
          receipt.apply(
              "Receipt as JSON",
              MapElements.into(TypeDescriptors.strings()).via(whole -> json(whole, null)));
    } else {
      PCollectionView<Tally> surplus =
          unexpected
              .tallies()
              .apply("Sum of unexpected", Combine.globally(Tally.sum()))
              .apply("View of unexpected", View.asSingleton());
      json =
          receipt.apply(
              "Receipt as JSON", ParDo.of(new WithSurplusFn(surplus)).withSideInputs(surplus));
    }
    return json.apply("Receipt view", View.asSingleton());
  }

  private static String json(Receipt receipt, @Nullable Long surplus) {
    return SectionJson.write(ReceiptSection.of(receipt, surplus));
  }

  private static final class WithSurplusFn extends DoFn<Receipt, String> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Tally> surplus;

    WithSurplusFn(PCollectionView<Tally> surplus) {
      this.surplus = surplus;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      long unexpected = context.sideInput(surplus).rejections().getOrDefault(Reason.UNEXPECTED, 0L);
      context.output(json(context.element(), unexpected));
    }
  }
}
