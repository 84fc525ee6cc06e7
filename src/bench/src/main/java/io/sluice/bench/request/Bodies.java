/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.request;

import io.sluice.bench.harness.Target;
import io.sluice.item.json.ItemJsonBuffer;
import java.util.Locale;

/** Makes the bodies of BatchWriteItem requests of 25 items of 400 bytes, as JSON. */
public final class Bodies {
  private static final int BATCH = 25;

  /** Attributes beside the key; with names, values and the key an item comes to 400 bytes. */
  private static final String REST =
      ",\"vendor\":{\"N\":\"2\"},\"pickup\":{\"S\":\"2024-01-15 08:23:41\"}"
          + ",\"distance\":{\"N\":\"3.74\"},\"note\":{\"S\":\"nothing that is worth a note\"}"
          + ",\"fill\":{\"S\":\""
          + "x".repeat(304)
          + "\"}}}}";

  private Bodies() {}

  /** Makes bodies whose items all differ. */
  public static ItemJsonBuffer[] make(int count) {
    ItemJsonBuffer[] bodies = new ItemJsonBuffer[count];
    for (int i = 0; i < count; i++) {
      bodies[i] = new ItemJsonBuffer();
      bodies[i].raw("{\"ReturnConsumedCapacity\":\"INDEXES\",\"RequestItems\":{\"");
      bodies[i].raw(Target.TABLE).raw("\":[");
      for (int j = 0; j < BATCH; j++) {
        bodies[i].raw(j == 0 ? "" : ",").raw("{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"");
        bodies[i].raw(String.format(Locale.ROOT, "%016d", i * BATCH + j)).raw("\"}").raw(REST);
      }
      bodies[i].raw("]}}");
    }
    return bodies;
  }
}
