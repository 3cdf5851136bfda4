package io.toolstream.wire;

/**
 * Says that kept answers of one tool are void from here on. The place of the mark in the log is the tool's new epoch.
 *
 * @param by the tool that made them void, for people to read
 */
public record EpochMark(String server, String tool, String by) {}
