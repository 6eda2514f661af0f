using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Cluster;

/// <summary>The manifests of <c>samples/cluster</c>, read with the types of Kubernetes' client: an unknown field fails.</summary>
public sealed partial class KubernetesTests
{
    private static readonly string Folder = Repository.PathOf("samples/cluster");

    private readonly List<object> _objects =
    [
        .. Directory.EnumerateFiles($"{Folder}/kubernetes", "*.yaml").Order()
            .SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true)),
    ];

    private IReadOnlyList<(string Name, V1PodTemplateSpec Pod, IReadOnlyList<string> Claims)> Workloads =>
    [
        .. _objects.OfType<V1Deployment>().Select(set => (set.Metadata.Name, set.Spec.Template, (IReadOnlyList<string>)[])),
        .. _objects.OfType<V1StatefulSet>().Select(
            set => (set.Metadata.Name, set.Spec.Template,
                (IReadOnlyList<string>)[.. set.Spec.VolumeClaimTemplates.Select(claim => claim.Metadata.Name)])),
    ];

    private IEnumerable<V1Container> Containers => Workloads.SelectMany(workload => workload.Pod.Spec.Containers);

    [Fact]
    public void Each_part_of_the_whole_has_a_workload_and_its_service()
    {
        Assert.Equal(
            ["connect", "flink-jobmanager", "flink-taskmanager", "kafka", "mosquitto", "socksort"],
            Workloads.Select(set => set.Name).Order());
        Assert.Equal(
            ["connect", "flink-jobmanager", "kafka", "mosquitto", "socksort"],
            _objects.OfType<V1Service>().Select(service => service.Metadata.Name).Order());
    }

    [Fact]
    public void No_container_runs_as_root_or_may_become_it_and_none_has_a_token_of_the_cluster()
    {
        Assert.All(Workloads, workload =>
        {
            Assert.True(workload.Pod.Spec.SecurityContext.RunAsNonRoot, workload.Name);
            Assert.False(workload.Pod.Spec.AutomountServiceAccountToken, workload.Name);
        });
        Assert.All(Containers, container =>
        {
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation, container.Name);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        });
    }

    [Fact]
    public void Each_container_says_what_it_needs_and_how_it_is_looked_after() => Assert.All(Containers, container =>
    {
        Assert.NotNull(container.ReadinessProbe);
        Assert.NotNull(container.LivenessProbe);
        Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
        Assert.Contains("memory", container.Resources.Limits.Keys);
    });

    [Fact]
    public void Each_service_leads_to_a_pod_by_a_port_that_this_one_has() =>
        Assert.All(_objects.OfType<V1Service>(), service =>
        {
            var pods = Workloads.Where(
                workload => service.Spec.Selector.All(label => workload.Pod.Metadata.Labels.Contains(label)));
            var ports = pods.Single().Pod.Spec.Containers.SelectMany(container => container.Ports).Select(port => port.Name);
            Assert.Empty(service.Spec.Ports.Select(port => port.TargetPort.Value).Except(ports));
        });

    [Fact]
    public void What_a_container_mounts_is_there_and_the_page_says_how_it_is_made()
    {
        var made = Created().Matches(File.ReadAllText($"{Folder}/README.md")).Select(match => match.Groups[1].Value).ToList();

        Assert.All(Workloads, workload =>
        {
            var volumes = workload.Pod.Spec.Volumes ?? [];
            var mounted = workload.Pod.Spec.Containers.SelectMany(container => container.VolumeMounts ?? []).Select(mount => mount.Name);
            Assert.Empty(mounted.Except(volumes.Select(volume => volume.Name)).Except(workload.Claims));
            var named = volumes.Select(volume => volume.ConfigMap?.Name ?? volume.Secret?.SecretName).OfType<string>();
            Assert.Empty(named.Except(made));
        });
    }

    [Fact]
    public void The_configuration_of_the_page_s_commands_is_in_the_folder()
    {
        var files = FromFile().Matches(File.ReadAllText($"{Folder}/README.md")).Select(match => match.Groups[1].Value)
            .Where(file => !file.StartsWith("secrets/", StringComparison.Ordinal));

        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Folder, file)), file));
    }

    [Fact]
    public void The_images_are_those_of_the_compose_file()
    {
        var compose = Image().Matches(File.ReadAllText($"{Folder}/compose.yaml")).Select(match => match.Groups[1].Value).Distinct().Order();

        Assert.Equal(compose, Containers.Select(container => container.Image).Distinct().Order());
    }

    [Fact]
    public void The_server_s_arguments_are_a_command_line() =>
        Assert.Empty(ComposeTests.Errors(Containers.Single(container => container.Name == "socksort").Args));

    [GeneratedRegex(@"kubectl create (?:configmap|secret generic) (\S+)")]
    private static partial Regex Created();

    [GeneratedRegex(@"--from-file=(?:\w+=)?(\S+)")]
    private static partial Regex FromFile();

    [GeneratedRegex(@"^ +image: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Image();
}
