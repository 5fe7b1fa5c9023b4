package dev.kilonode.reports.model;

import java.util.List;

/**
 * Colours that are distinguishable with colour blindness. Source: Okabe and Ito, "Color Universal Design", 2008, without the yellow, which
 * is too pale on white.
 */
public final class Palette {

    public static final int BLUE = 0;
    public static final int VERMILION = 1;
    public static final int GREEN = 2;
    public static final int PURPLE = 3;
    public static final int ORANGE = 4;
    public static final int SKY = 5;
    public static final int GREY = 6;
    public static final int INK = 7;

    /** For a light background, {@code #rrggbb}. */
    public static final List<String> LIGHT =
            List.of("#0072b2", "#d55e00", "#009e73", "#b0568a", "#e69f00", "#56b4e9", "#7a7a7a", "#222222");

    /** For a dark background. */
    public static final List<String> DARK =
            List.of("#4aa3df", "#f07f2e", "#2bc499", "#d995b9", "#f2b632", "#8fd0f5", "#9a9a9a", "#e8e8e8");

    /** For heatmaps, from low to high. A single hue, so that the order is visible without colour. */
    public static final List<String> HEAT =
            List.of("#fff3e0", "#fdd49e", "#fdbb84", "#fc8d59", "#e34a33", "#b30000", "#5f0000");

    private Palette() {}
}
