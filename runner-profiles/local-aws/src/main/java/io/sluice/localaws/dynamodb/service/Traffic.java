/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

/** Learns of connections and requests as they come and go. */
public interface Traffic {

  /** Does nothing. */
  Traffic NONE =
      new Traffic() {
        @Override
        public void connected() {}

        @Override
        public void disconnected() {}

        @Override
        public void began() {}

        @Override
        public void ended() {}
      };

  /** Takes note of a connection that is opened. */
  void connected();

  /** Takes note of a connection that is closed. */
  void disconnected();

  /** Takes note of a request that begins to come. */
  void began();

  /** Takes note of a request that is about to be answered, or never will be. */
  void ended();
}
