using System.Diagnostics; using SockSort.Imaging; using SockSort.Imaging.Kernels;
foreach (var (w,h) in new[]{(224,224),(600,224),(224,337),(600,337),(600,337),(224,224)}) {
 var f=new Frame(w,h); new Random(1).NextBytes(f.Rgb); var p=new Preprocessor(224); var t=new float[p.TensorLength];
 for(int i=0;i<2000;i++) p.Fill(f,t);
 var best=1e9; for(int r=0;r<20;r++){var s=Stopwatch.GetTimestamp(); for(int i=0;i<100;i++) p.Fill(f,t); best=Math.Min(best,Stopwatch.GetElapsedTime(s).TotalMilliseconds/100);}
 Console.WriteLine($"{w}x{h} {best:F4} ms");
}
