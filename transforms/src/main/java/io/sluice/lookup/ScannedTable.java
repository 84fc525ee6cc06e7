/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.item.page.ItemPage;
import java.io.Serializable;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The pages of a scan of a whole table.
 *
 * @param segments how many segments the scan has
 */
record ScannedTable(PCollectionView<Iterable<ItemPage>> pages, int segments)
    implements Serializable {}
