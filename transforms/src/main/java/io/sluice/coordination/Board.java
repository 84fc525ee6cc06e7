/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * The place where the members of a group publish their states. A listing contains every name whose
 * {@link #put} had returned before the listing began, unless it was deleted.
 */
interface Board {

  /**
   * A name on the board.
   *
   * @param modifiedMillis when it was put, by the board's own clock, whose origin may be any
   */
  record Posting(String name, long modifiedMillis) {}

  /**
   * Puts a name. When this fails, the name may have been put, or may appear later.
   *
   * @throws IOException when the board does not answer
   */
  void put(String name) throws IOException;

  /**
   * Returns all names.
   *
   * @throws IOException when the board does not answer
   */
  List<Posting> list() throws IOException;

  /**
   * Deletes names; those that are gone already are fine.
   *
   * @throws IOException when the board does not answer
   */
  void delete(Collection<String> names) throws IOException;
}
