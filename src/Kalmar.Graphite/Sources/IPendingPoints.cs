namespace Kalmar.Graphite.Sources;

/// <summary>Points that were accepted and are not yet in their files: what Carbon's cache holds. Safe for several threads.</summary>
public interface IPendingPoints
{
    /// <summary>Adds the points of a metric, in the order in which they came. Cheap when there are none.</summary>
    void CopyTo(string metric, List<PendingPoint> points);

    /// <summary>Seconds between two points of the file that the metric will have when it is first written.</summary>
    int StepOf(string metric);
}
