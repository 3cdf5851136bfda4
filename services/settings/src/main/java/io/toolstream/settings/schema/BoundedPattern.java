package io.toolstream.settings.schema;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a schema that gives up after so many steps: some take longer than anyone lives. What it gives up
 * on counts as not matching.
 */
final class BoundedPattern implements RegularExpression {
    private static final long STEPS_PER_CHAR = 100;
    private static final long LEAST_STEPS = 100_000;
    private static final RegularExpression ANYTHING = value -> true;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** What ECMA-262 allows and Java cannot read is left to the tool server to check: no reason to refuse the tool. */
    static RegularExpression of(String regex) {
        try {
            String translated = RegularExpressions.replaceLongformCharacterProperties(
                    RegularExpressions.replaceDollarAnchors(regex));
            return new BoundedPattern(Pattern.compile(translated));
        } catch (PatternSyntaxException e) {
            return ANYTHING;
        }
    }

    @Override
    public boolean matches(String value) {
        try {
            long steps = LEAST_STEPS + STEPS_PER_CHAR * value.length();
            return pattern.matcher(new CountedText(value, steps)).find();
        } catch (CountedText.Exhausted | StackOverflowError e) {
            return false;
        }
    }
}
