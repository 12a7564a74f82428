package io.cxmetrics.scorecard;

import io.cxmetrics.Statistic;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of cells in the order of the cells: an array of each, for results of many cells that are made once and then
 * read. Immutable, as are the lists.
 */
@SuppressWarnings("JdkObsolete") // What results promise is a sorted map.
final class CellMap extends AbstractMap<Cell, List<Statistic<?>>> implements SortedMap<Cell, List<Statistic<?>>> {
    static final CellMap EMPTY = new CellMap(new Cell[0], List.of());

    private final Cell[] cells;
    private final List<List<Statistic<?>>> statistics;

    /**
     * Statistics by cell.
     *
     * @param cells in rising order; not copied
     * @param statistics those of each cell; neither the list nor its elements are copied
     */
    CellMap(Cell[] cells, List<List<Statistic<?>>> statistics) {
        this.cells = cells;
        this.statistics = statistics;
    }

    static CellMap copyOf(SortedMap<Cell, ? extends List<? extends Statistic<?>>> map) {
        if (map instanceof CellMap same) {
            return same;
        }
        List<List<Statistic<?>>> copies = new ArrayList<>(map.size());
        map.values().forEach(list -> copies.add(List.copyOf(list)));
        return new CellMap(map.keySet().toArray(Cell[]::new), copies);
    }

    /** These cells and others; what is in both is merged. */
    CellMap united(CellMap other, BinaryOperator<List<Statistic<?>>> merge) {
        if (other.isEmpty() || isEmpty()) {
            return isEmpty() ? other : this;
        }
        Cell[] all = new Cell[cells.length + other.cells.length];
        List<List<Statistic<?>>> sums = new ArrayList<>(all.length);
        int mine = 0;
        int theirs = 0;
        while (mine < cells.length || theirs < other.cells.length) {
            int order = mine == cells.length
                    ? 1
                    : theirs == other.cells.length ? -1 : cells[mine].compareTo(other.cells[theirs]);
            all[sums.size()] = order <= 0 ? cells[mine] : other.cells[theirs];
            if (order == 0) {
                sums.add(merge.apply(statistics.get(mine), other.statistics.get(theirs)));
            } else {
                sums.add(order < 0 ? statistics.get(mine) : other.statistics.get(theirs));
            }
            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }
        return new CellMap(Arrays.copyOf(all, sums.size()), sums);
    }

    @Override
    public int size() {
        return cells.length;
    }

    private int place(@Nullable Object key) {
        return key instanceof Cell cell ? Arrays.binarySearch(cells, cell) : -1;
    }

    /** Where a cell is, or the first one behind it. */
    private int from(Cell cell) {
        int place = Arrays.binarySearch(cells, cell);
        return place < 0 ? -place - 1 : place;
    }

    @Override
    public @Nullable List<Statistic<?>> get(@Nullable Object key) {
        int place = place(key);
        return place < 0 ? null : statistics.get(place);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return place(key) >= 0;
    }

    @Override
    public void forEach(BiConsumer<? super Cell, ? super List<Statistic<?>>> action) {
        for (int i = 0; i < cells.length; i++) {
            action.accept(cells[i], statistics.get(i));
        }
    }

    @Override
    public Set<Map.Entry<Cell, List<Statistic<?>>>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return cells.length;
            }

            @Override
            public Iterator<Map.Entry<Cell, List<Statistic<?>>>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < cells.length;
                    }

                    @Override
                    public Map.Entry<Cell, List<Statistic<?>>> next() {
                        if (next >= cells.length) {
                            throw new NoSuchElementException();
                        }
                        int at = next++;
                        return Map.entry(cells[at], statistics.get(at));
                    }
                };
            }
        };
    }

    @Override
    public @Nullable Comparator<? super Cell> comparator() {
        return null;
    }

    private CellMap part(int from, int to) {
        return new CellMap(Arrays.copyOfRange(cells, from, to), List.copyOf(statistics.subList(from, to)));
    }

    @Override
    public CellMap subMap(Cell from, Cell to) {
        if (from.compareTo(to) > 0) {
            throw new IllegalArgumentException("from " + from + " to " + to);
        }
        return part(from(from), from(to));
    }

    @Override
    public CellMap headMap(Cell to) {
        return part(0, from(to));
    }

    @Override
    public CellMap tailMap(Cell from) {
        return part(from(from), cells.length);
    }

    @Override
    public Cell firstKey() {
        return key(0);
    }

    @Override
    public Cell lastKey() {
        return key(cells.length - 1);
    }

    private Cell key(int place) {
        if (cells.length == 0) {
            throw new NoSuchElementException("there are no cells");
        }
        return cells[place];
    }
}
